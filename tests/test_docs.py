"""Whatever a user can type, set or read is documented, and what the documentation says holds."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tallyman
from tallyman.cli import app
from tallyman.publish.formats import writers
from tallyman.publish.tables import layouts
from tallyman.score import INTERVALS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tallyman"
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
SCORED = {"percent_error", "crps", "brier", "log_score", *INTERVALS}

pytest.importorskip("litestar", reason="the reference needs the [web] extra")
sys.path.insert(0, str(ROOT / "docs"))
reference = importlib.import_module("reference")


def test_every_command_and_option_says_what_it_does():
    found = dict(reference.commands())
    assert {"read", "targets", "targets import", "fetch comtrade", "lexicon test", "publish"} <= set(found)
    for name, command in found.items():
        assert (command.help or "").strip(), name
        for option in command.params:
            assert (getattr(option, "help", "") or "").strip(), f"{name} {option.name}"


def test_every_address_and_parameter_is_described():
    found = reference.operations()
    assert {"/", "/targets", "/claims/{ref}", "/openapi.json"} <= set(found)
    for path, told in found.items():
        assert told.get("description", "").strip(), path
        for asked in told.get("parameters", []):
            assert asked["in"] == "path" or asked.get("description"), f"{path} {asked['name']}"


def test_every_setting_is_documented():
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    asked = set(re.findall(r"environ(?:\.get\(|\[)(\w+|\"\w+\")", text)) | set(
        re.findall(r"getenv\((.+?)[,)]", text)
    )
    named = dict(re.findall(r"^(\w+) = \"([A-Z_]+)\"$", text, re.MULTILINE))
    assert {named.get(name, name.strip('"')) for name in asked} == set(reference.MEANINGS["setting"])


def test_every_field_of_a_noun_has_a_meaning():
    told = {noun: list(fields) for noun, fields in reference.MEANINGS["field"].items()}
    assert told == {noun.__name__: list(noun.__struct_fields__) for noun in reference.NOUNS}


def test_every_label_status_and_other_value_has_a_meaning():
    told = {name: list(values) for name, values in reference.MEANINGS["value"].items()}
    assert {"Label", "TargetStatus", "Made"} <= set(told)
    assert told == {name: list(values) for name, values in reference.VALUES.items()}


def test_labels_and_statuses_are_told_in_the_methodology():
    text = (ROOT / "docs" / "methodology.md").read_text(encoding="utf-8")
    for value in (*reference.VALUES["Label"], *reference.VALUES["TargetStatus"]):
        assert f"| {value.replace('_', ' ')} |" in text, value


def constants(node: ast.AST) -> list[str]:
    """Return the strings of an expression."""
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def rules_in_the_code() -> set[str]:
    """Return the names that the code of check gives to rules: constants where a rule is handed over."""
    found = set()
    for path in (SOURCE / "check").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                handed = [keyword.value for keyword in node.keywords if keyword.arg == "rule"]
                name = getattr(node.func, "id", "")
                place = {"silence": 1, "answered": 2, "undecided": 3, "compare": 3}.get(name)
                handed += node.args[place : place + 1] if place else []
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in {"rule", "counted"}:
                handed = [node.value]
            else:
                continue
            found |= {
                text for value in handed if not isinstance(value, ast.Call) for text in constants(value)
            }
    return {name for name in found if re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", name)}


def test_every_rule_and_metric_has_a_meaning():
    assert rules_in_the_code() | {"undated"} == set(reference.MEANINGS["rule"])
    assert set(reference.MEANINGS["metric"]) == SCORED


def test_every_column_of_the_exports_has_a_meaning():
    for name, layout in layouts().items():
        assert all(column.meaning for column in layout.columns), name
        assert set(layout.shown) <= {column.name for column in layout.columns}, name


def test_every_format_of_publish_is_told():
    page = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    options = {option.name: option.help for option in dict(reference.commands())["publish"].params}
    for name in writers():
        assert f"| `{name}` |" in page, name
        assert name in options["formats"], name


def test_the_reference_is_written(tmp_path):
    reference.write(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(reference.pages())
    assert "`met_early`" in (tmp_path / "values.md").read_text(encoding="utf-8")
    assert "TALLYMAN_LEDGER" in (tmp_path / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_pages_tell_to_type_exists(page):
    known = dict(reference.commands())
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"(?:^|`| {4}|\$\()tallyman ([a-z][^`\n)]*)", text, re.MULTILINE):
        words = line.split("#")[0].split("$(")[0].split()
        name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        if name not in known:
            assert words[0] in {"fetch", "lexicon"}, line
            continue
        options = {option for parameter in known[name].params for option in parameter.opts}
        assert {word.split("=")[0] for word in words if word.startswith("--")} <= options | {"--help"}, line


def test_pages_link_to_pages_that_exist():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            generated = page.parent / "reference" == (page.parent / target).parent
            there = (page.parent / target).exists() or Path(target).stem in reference.pages()
            assert target.startswith("http") or (there if generated else (page.parent / target).exists()), (
                target
            )


def test_the_tutorial_can_be_typed(tmp_path):
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 8
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603 - the commands of our own page
        ["/bin/sh", "-eu", "-c", "\n".join(blocks)],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "refuted: $101 billion" in done.stdout
    assert "exit code 1" in done.stdout
    assert (tmp_path / "out" / "index.html").exists()
    assert (tmp_path / "tallyman-demo" / "report.html").exists()


MODULES = [found.name for found in pkgutil.walk_packages(tallyman.__path__, "tallyman.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_help_names_the_first_step():
    assert "tallyman demo" in CliRunner().invoke(app, ["--help"]).stdout
