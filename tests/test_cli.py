from __future__ import annotations

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallyman import demo
from tallyman.cli import app, main
from tallyman.cli.output import WIDTH
from tallyman.ledger import Ledger

SOURCE = Path(__file__).parents[1] / "src"
REPORT = """MOSCOW, February 4, 2022. /TASS/. Trade between Russia and China has already reached $140 bln,
the Russian presidential spokesman told reporters. The two countries set a target of $250 bln, he said.
"""
TRUE = (
    "BEIJING, January 14, 2022 (Xinhua) -- Trade between China and Russia reached $146.9 billion in 2021.\n"
)


def run(*arguments, **known):
    return CliRunner().invoke(app, [str(a) for a in arguments], **known)


def python(program, *arguments):
    """Run a program in a new interpreter that finds the package in this checkout."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    return subprocess.run(  # noqa: S603 - our own program
        command, capture_output=True, text=True, env=environment, check=False
    )


def shell(*arguments):
    return python("import sys; from tallyman.cli import main; sys.argv[0] = 'tallyman'; main()", *arguments)


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TALLYMAN_LEDGER", raising=False)
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    return path


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "demo.duckdb"
    with Ledger(path) as book:
        book.add(demo.documents())
    return path


def objects(result):
    assert result.exit_code in (0, 1), result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_check_prints_one_line_a_claim_and_says_by_its_exit_code_that_one_is_refuted(report):
    result = run("check", report)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert all(re.match(rf"{re.escape(str(report))}:\d+:\d+: \w+", line) for line in lines)
    assert any(": refuted then, conflicting today: $140 bln: " in line for line in lines)


def test_check_is_fine_with_what_is_true(report):
    report.write_text(TRUE)
    assert run("check", report).exit_code == 0


def test_check_gives_both_verdicts_as_json(report):
    found = objects(run("check", report, "--format", "jsonl"))
    (said,) = [row for row in found if row["claim"]["anchor"]["exact"] == "$140 bln"]
    assert set(said) == {"claim", "verdict_then", "verdict_today"}
    assert said["claim"]["quantity"]["value"] == "140000000000"
    assert (said["verdict_then"]["label"], said["verdict_today"]["label"]) == ("refuted", "conflicting")
    assert said["verdict_then"]["as_of"] == "2022-02-04"


def test_as_of_replays_a_day(report):
    found = objects(run("check", report, "--format", "jsonl", "--as-of", "2022-02-10"))
    assert "refuted" in {row["verdict_today"]["label"] for row in found}
    assert {row["verdict_today"]["as_of"] for row in found} == {"2022-02-10"}


def test_extract_keeps_the_contract_and_the_text(report):
    for claim in objects(run("extract", report, "--format", "jsonl")):
        anchor = claim["anchor"]
        assert REPORT[anchor["start"] : anchor["end"]] == anchor["exact"]
        assert claim["path"] == str(report)
        assert claim["quantity"].keys() >= {"value", "value_max", "unit", "bound"}
        assert claim["attribution"].keys() == {"speaker", "speaker_role", "holder", "relayed_by", "manner"}


def test_check_speaks_to_editors_and_pull_requests(report):
    assert run("check", report, "--format", "github").stdout.startswith("::")
    (found,) = json.loads(run("check", report, "--format", "sarif").stdout)["runs"]
    assert {row["ruleId"] for row in found["results"]} == {"tallyman/conflicting"}
    assert "verdict_then" in run("check", report, "--format", "csv").stdout.splitlines()[0]


def test_standard_input_is_a_path(report):
    result = run("extract", "-", "--format", "csv", input=REPORT)
    assert [row["exact"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["$140 bln", "$250 bln"]
    assert report.exists()


def test_read_fills_the_ledger_of_this_folder_and_the_others_find_it(report):
    assert "1 of them new" in run("read", report).stdout
    assert "0 of them new" in run("read", report).stdout
    assert Path("tallyman.duckdb").exists()
    assert [row["exact"] for row in csv.DictReader(io.StringIO(run("claims", "--format", "csv").stdout))]
    (document,) = objects(run("documents", "--format", "jsonl"))
    assert (document["published_on"], document["agency"]) == ("2022-02-04", "TASS")


def test_the_ledger_may_be_named_by_a_variable(report, monkeypatch, tmp_path):
    monkeypatch.setenv("TALLYMAN_LEDGER", str(tmp_path / "other.duckdb"))
    run("read", report)
    assert (tmp_path / "other.duckdb").exists()
    assert objects(run("documents", "--format", "jsonl"))


def test_a_ledger_that_is_not_there_is_refused_with_the_fix(report):
    result = shell("claims", "--ledger", "nothing.duckdb")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "nothing.duckdb: no such ledger; make it with" in result.stderr
    assert shell("documents", "--ledger", report).returncode == 2


def test_bad_input_is_one_line_and_the_others_are_read(report, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    result = shell("check", tmp_path / "empty.txt", tmp_path / "missing.txt", report)
    assert result.returncode == 2
    assert "$140 bln" in result.stdout
    assert [line.split(": ")[:2] for line in result.stderr.splitlines()] == [
        ["tallyman", str(tmp_path / "empty.txt")],
        ["tallyman", str(tmp_path / "missing.txt")],
    ]


@pytest.mark.parametrize("day", ["2023-02-30", "soon", "2199-01-01"])
def test_a_day_that_cannot_be_is_refused(report, day):
    result = run("read", report, "--published", day)
    assert result.exit_code == 2
    assert day in result.stderr
    assert not Path("tallyman.duckdb").exists()


def test_observations_are_in_full_units_as_known_on_the_day(report):
    known = objects(run("observations", "CN-RU", "--as-of", "2022-01-20", "--format", "jsonl"))
    year = [
        row
        for row in known
        if row["provider"] == "gacc"
        and row["measure"]["indicator"] == "total_trade"
        and row["period"]["start"] == "2021-01-01"
        and row["period"]["end"] == "2021-12-31"
        and row["unit"] == "USD"
    ]
    assert [(row["value"], row["released_on"]) for row in year] == [("146887000000", "2022-01-14")]
    assert max(row["released_on"] for row in known) <= "2022-01-20"
    more = objects(
        run("observations", "china-russia", "--as-of", "2022-01-20", "--vintages", "--format", "jsonl")
    )
    assert {row["id"] for row in known} < {row["id"] for row in more}
    assert report.exists()


def test_forecast_gives_a_line_a_provider_and_says_who_tells_too_little(report):
    asked = ("forecast", "CN-RU", "--year", "2023", "--as-of", "2023-11-08", "--threshold", "200e9")
    result = run(*asked, "--format", "jsonl")
    first = objects(result)[0]
    assert first.keys() >= {"series", "provider", "period", "as_of", "quantiles", "probability"}
    assert (first["provider"], first["series"]) == ("gacc", "CN-RU trade")
    assert first["quantiles"]["0.05"] < first["quantiles"]["0.95"]
    assert "fcs" in result.stderr
    assert "> 99.9%" in run(*asked).stdout
    assert run("forecast", "CN-RU", "--year", "1990").exit_code == 2
    assert report.exists()


def test_targets_have_the_fields_that_scripts_rely_on(ledger):
    found = objects(run("targets", "--ledger", ledger, "--format", "jsonl"))
    assert all(
        row.keys() >= {"measure", "quantity", "deadline", "status", "set_on", "set_by"} for row in found
    )
    assert {"met_early", "missed", "open"} <= {row["status"] for row in found}


def test_claims_are_chosen_by_verdict(ledger):
    found = objects(
        run("claims", "--ledger", ledger, "--verdict", "refuted,conflicting", "--format", "jsonl")
    )
    assert found
    for row in found:
        assert {row["verdict_then"]["label"], row["verdict_today"]["label"]} & {"refuted", "conflicting"}
    assert run("claims", "--ledger", ledger, "--verdict", "wrong").exit_code == 2


def test_explain_shows_the_sentence_the_cues_and_the_rows(ledger):
    claims = objects(run("claims", "--ledger", ledger, "--verdict", "refuted", "--format", "jsonl"))
    (claim,) = [row["claim"] for row in claims if row["claim"]["anchor"]["exact"] == "$130.43 billion"][:1]
    text = run("explain", claim["id"], "--ledger", ledger).stdout
    assert ">>$130.43 billion<<" in text
    assert "released" in text
    assert "<-" in text
    (found,) = objects(run("explain", claim["id"], "--ledger", ledger, "--format", "jsonl"))
    assert found.keys() == {"document", "checked", "observations"}
    rows = csv.DictReader(
        io.StringIO(run("explain", claim["id"], "--ledger", ledger, "--format", "csv").stdout)
    )
    assert "quantity" in {row["field"] for row in rows}


@pytest.mark.parametrize("command", ["claims", "targets", "documents", "observations"])
def test_tables_fit_and_no_output_has_an_exponent(ledger, command):
    for output in ("table", "csv", "jsonl"):
        text = run(command, "--ledger", ledger, "--format", output).stdout
        assert text
        assert not re.search(r'"?\d[Ee]\+\d', text)
        if output == "table":
            assert max(map(len, text.splitlines())) <= WIDTH


def test_csv_cells_cannot_run_as_formulas(report):
    report.write_text(REPORT.replace("MOSCOW", "=HYPERLINK(1)\n\nMOSCOW"))
    run("read", "./report.txt", "--outlet", "@SUM(1)")
    (row,) = csv.DictReader(io.StringIO(run("documents", "--format", "csv").stdout))
    assert row["outlet"] == "'@SUM(1)"


def test_a_closed_pipe_is_quiet(ledger):
    command = f"{sys.executable} -c 'from tallyman.cli import main; main()' observations --format jsonl"
    pipe = ["bash", "-c", f"set -o pipefail; {command} | head -n 1"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "TALLYMAN_LEDGER": str(ledger)}
    result = subprocess.run(  # noqa: S603 - our own program
        pipe, capture_output=True, text=True, env=environment, check=False
    )
    assert (result.returncode, result.stderr, len(result.stdout.splitlines())) == (0, "", 1)


def test_the_demo_does_the_main_job_and_leaves_a_report(tmp_path):
    result = run("demo", "--folder", tmp_path / "demo", "--as-of", "2026-11-01")
    assert result.exit_code == 0, result.exception
    assert f"{len(demo.documents())} reports read" in result.stdout
    assert re.search(r"\$200 billion +CN-RU trade +by 2024 .*met early", result.stdout)
    assert "met early" in (tmp_path / "demo" / "report.html").read_text()
    assert run("demo", "--folder", tmp_path / "demo").exit_code == 0


def test_serve_answers_and_refuses_what_is_not_there(ledger, report):
    assert shell("serve", "--ledger", "nothing.duckdb").returncode == 2
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", "from tallyman.cli import main; main()", "serve", "--port", str(port)]
    with subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--ledger", str(ledger)], env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            assert '"status"' in answer(f"http://127.0.0.1:{port}/targets.json")
        finally:
            server.terminate()
    assert report.exists()


def answer(address, patience=60):
    """Return what a server that is just starting answers."""
    for _ in range(patience * 5):
        try:
            with urllib.request.urlopen(address) as response:  # noqa: S310 - our own address
                return response.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


def test_what_a_report_says_cannot_drive_the_terminal(report):
    report.write_text(REPORT.replace("has already", "has \x1b[2J already"))
    run("read", report, "--outlet", "\x1b[31mThe Post")
    for command in (["claims"], ["documents"], ["check", report]):
        assert "\x1b" not in run(*command).stdout


def test_publish_names_the_files_it_wrote(ledger, tmp_path):
    result = run("publish", tmp_path / "out", "--format", "html,csv", "--ledger", ledger)
    written = [Path(line) for line in result.stdout.splitlines() if not line.startswith("and ")]
    assert all(path.stat().st_size for path in written)
    assert re.search(r"^and \d+ pages in folders of ", result.stdout, re.MULTILINE)
    assert {path.suffix for path in written} == {".html", ".css", ".csv", ".md"}
    assert run("publish", tmp_path / "out", "--format", "pdf", "--ledger", ledger).exit_code != 0


def test_every_command_is_documented_and_has_help_with_an_example():
    told = (SOURCE.parent / "docs" / "commands.md").read_text()
    groups = {group.name: group.typer_instance for group in app.registered_groups}
    assert set(groups) == {"targets", "fetch", "lexicon"}
    for prefix, within in [("", app), *groups.items()]:
        for command in within.registered_commands:
            name = f"{prefix} {command.name or command.callback.__name__}".strip()
            text = run(*name.split(), "--help").stdout
            assert f"`tallyman {name}" in told, name
            assert name in ("documents", "rejects", "version") or f"  tallyman {name}" in text, name
    assert "  tallyman targets" in run("targets", "--help").stdout


def test_heavy_parts_are_not_imported_by_the_command_line():
    heavy = ("duckdb", "rich", "trafilatura", "jinja2")
    program = f"import sys, tallyman.cli; print([m for m in {heavy} if m in sys.modules])"
    assert python(program).stdout.strip() == "[]"


def test_main_turns_a_known_error_into_one_line(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "argv", ["tallyman", "claims", "--ledger", str(tmp_path / "no.duckdb")])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("tallyman: ")
