"""The tutorial notebook runs from top to bottom, and is kept without outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

TUTORIAL = Path(__file__).parents[1] / "examples" / "tutorial.ipynb"
nbformat = pytest.importorskip("nbformat")


@pytest.fixture(scope="module")
def kept():
    return nbformat.read(TUTORIAL, as_version=4)


def test_the_tutorial_is_kept_without_outputs(kept):
    nbformat.validate(kept)
    for cell in kept.cells:
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None
        assert not set(cell.metadata)


@pytest.mark.filterwarnings("ignore")
def test_the_tutorial_runs(kept, tmp_path):
    for needed in ("pandas", "scoringrules", "ipykernel"):
        pytest.importorskip(needed)
    client = pytest.importorskip("nbclient").NotebookClient(
        nbformat.from_dict(kept),
        timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": tmp_path}},
    )
    done = client.execute()
    shown = [str(cell.outputs[0].get("data", {})) for cell in done.cells if cell.get("outputs")]
    assert len(shown) >= 10
    for told in ("26 reports", "supported", "refuted", "Official figures used", "met early", "'gacc', 24"):
        assert any(told in text for text in shown), told
    assert (tmp_path / "tutorial.duckdb").exists()
