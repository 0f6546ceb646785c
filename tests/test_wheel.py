"""The wheel alone, in an empty environment, does the main job from outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
BARE = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "TALLYMAN_LEDGER")}
PAGE = """<html><body><article><h1>Trade rises</h1><p>TASHKENT, May 3, 2023 (UzA) -- Trade between
Kazakhstan and Uzbekistan reached $5 billion in 2022, the trade ministry of Kazakhstan said on Wednesday.</p>
<p>Exports made up more than half of it, according to the same ministry.</p></article></body></html>"""


def run(*command, cwd):
    result = subprocess.run(  # noqa: S603 - pip, and what it installed
        [str(part) for part in command], cwd=cwd, env=BARE, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_wheel_alone_runs_the_demo(tmp_path):
    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet")
    run(sys.executable, *pip, "wheel", "--no-deps", "--wheel-dir", tmp_path, CHECKOUT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("tallyman_trade-*.whl")
    run(sys.executable, "-m", "venv", tmp_path / "empty", cwd=tmp_path)
    python = tmp_path / "empty" / "bin" / "python"
    run(python, *pip, "install", wheel, cwd=tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()

    home = run(python, "-c", "import tallyman; print(tallyman.__file__)", cwd=outside)
    assert Path(home.strip()).is_relative_to(tmp_path / "empty")
    printed = run(tmp_path / "empty" / "bin" / "tallyman", "demo", cwd=outside)
    assert "new claims, into tallyman-demo" in printed
    assert "met early" in printed
    assert (outside / "tallyman-demo" / "report.html").stat().st_size > 100_000

    (outside / "page.html").write_text(PAGE)
    printed = run(tmp_path / "empty" / "bin" / "tallyman", "extract", "page.html", cwd=outside)
    assert "$5 billion" in printed
