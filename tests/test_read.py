from __future__ import annotations

import io
import json
import os
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyman.model import Document, Reject, TallymanError
from tallyman.read import documents
from tallyman.read.decode import Decoded, decode

REPORT = "SEOUL, July 6, 2022 (Yonhap) -- Trade rose to $78 billion, the ministry said.\r\n"
PAGE = """<!doctype html><html lang="en"><head><title>Trade rises</title>
<meta property="og:site_name" content="The Quay Post">
<meta property="article:published_time" content="2023-05-03">
</head><body><nav>Home | World</nav><article><h1>Trade rises</h1>
<p>Trade between the two countries rose to $78 billion in the first quarter, the ministry said.</p>
<p>Exports made up more than half of it, according to the customs service of the larger country.</p></article>
<footer>Please enter your comment!</footer></body></html>"""


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only(paths, **known):
    (found,) = documents(paths, **known)
    return found


def refused(path):
    found = only([path])
    assert isinstance(found, Reject), found
    assert found.source == str(path)
    assert found.reason
    assert found.fix
    return found.reason


def test_a_text_is_kept_as_it_is(tmp_path):
    report = only([write(tmp_path, "a.txt", REPORT)])
    assert report.text == REPORT
    assert (report.published_on, report.agency, report.language) == (date(2022, 7, 6), "Yonhap", "en")
    assert report.reader == "text"


def test_given_metadata_win(tmp_path):
    report = only([write(tmp_path, "a.txt", REPORT)], published_on="2022-07-07", outlet="The Quay Post")
    assert (report.published_on, report.date_basis, report.outlet) == (
        date(2022, 7, 7),
        "metadata",
        "The Quay Post",
    )


@pytest.mark.parametrize("day", ["2023-02-30", "yesterday", "0023-01-01"])
def test_a_day_that_cannot_be_is_refused(day):
    with pytest.raises(TallymanError, match=day):
        list(documents([], published_on=day))


def test_a_web_page_gives_its_main_text_and_metadata(tmp_path):
    report = only([write(tmp_path, "a.html", PAGE)])
    assert "$78 billion" in report.text
    assert "comment" not in report.text
    assert (report.title, report.outlet, report.published_on) == (
        "Trade rises",
        "The Quay Post",
        date(2023, 5, 3),
    )
    assert report.reader.startswith("trafilatura ")


def test_standard_input_is_recognised(monkeypatch):
    for content, reader in ((REPORT, "text"), (PAGE, "trafilatura"), (json.dumps({"text": REPORT}), "jsonl")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        assert only(["-"]).reader.startswith(reader)


def test_records_carry_their_own_metadata_and_bad_lines_stop_nothing(tmp_path):
    lines = [
        {
            "text": REPORT,
            "url": "https://example.org/1",
            "outlet": "The Post",
            "published_on": "2022-07-08",
            "more": 1,
        },
        {"text": REPORT + "Again.", "published_on": "2022-02-30"},
        {"title": "no text"},
        {"text": "Half a character: \ud800"},
        {"text": "Trade rose.", "path": "b.txt", "published_on": "2022-07-08T10:00:00+00:00"},
    ]
    path = write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)) + "\n{broken\n")
    found = list(documents([path]))
    reports = [d for d in found if isinstance(d, Document)]
    assert [(d.path, d.published_on) for d in reports] == [
        (f"{path}:1", date(2022, 7, 8)),
        ("b.txt", date(2022, 7, 8)),
    ]
    assert [r.place for r in found if isinstance(r, Reject)] == ["line 2", "line 3", "line 4", "line 6"]


def test_a_folder_is_read_in_order_and_bad_files_stop_nothing(tmp_path):
    write(tmp_path, "b.txt", REPORT)
    write(tmp_path, "a.txt", b"")
    write(tmp_path, ".hidden.txt", REPORT)
    write(tmp_path, "picture.png", b"\x89PNG")
    (tmp_path / "more").mkdir()
    write(tmp_path / "more", "c.md", "# Trade\n\n" + REPORT)
    found = list(documents([tmp_path]))
    assert [type(d).__name__ for d in found] == ["Reject", "Document", "Document"]
    assert [d.reader for d in found[1:]] == ["text", "markdown"]


def test_unusable_input_is_refused_with_the_reason(tmp_path):
    (tmp_path / "none").mkdir()
    assert "no report" in refused(tmp_path / "none")
    assert "no such file" in refused(tmp_path / "missing.txt")
    assert "empty" in refused(write(tmp_path, "1.txt", " \n\n"))
    assert "binary" in refused(write(tmp_path, "2.txt", b"Trade\x00\x01\x02"))
    assert "PDF" in refused(write(tmp_path, "3.txt", b"%PDF-1.7 ..."))
    assert "UTF-8" in refused(write(tmp_path, "4.txt", "Торговля выросла".encode("cp1251")))
    assert "UTF-8" in refused(write(tmp_path, "5.txt", REPORT.encode("utf-16")[:-1]))
    assert "52,428,800" in refused(write(tmp_path, "6.txt", b"Trade\n" + b"a" * 52_428_800))
    assert "no text" in refused(write(tmp_path, "7.txt", "--- ... ---"))
    assert "no main text" in refused(write(tmp_path, "8.html", "<html><body></body></html>"))
    assert "not a document" in refused(write(tmp_path, "9.jsonl", "[1]"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_refused(tmp_path):
    path = write(tmp_path, "a.txt", REPORT)
    path.chmod(0)
    assert "permission denied" in refused(path)


def test_windows_1252_is_taken_only_where_nothing_else_can_be_meant():
    quoted = "Trade “rose” by 5 percent – to €78 billion, São Paulo’s exporters said on Friday."
    assert decode(quoted.encode("cp1252")) == Decoded(quoted, "windows-1252")
    damaged = quoted.encode() + "é".encode("cp1252")
    assert not isinstance(decode(damaged), Decoded)


def test_utf_16_is_read_with_its_mark():
    assert decode(REPORT.encode("utf-16")) == Decoded(REPORT, "utf-16")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    found = decode(data)
    if isinstance(found, Decoded) and found.encoding == "utf-8":
        assert found.text.encode() == data


@given(st.text(min_size=1, max_size=200))
def test_ids_depend_on_the_text_only(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("ids")
    first, second = (
        only([write(folder, name, text.encode("utf-8", "replace"))]) for name in ("a.txt", "b.md")
    )
    if isinstance(first, Document):
        assert first.id == second.id
