"""Commands about stories: stories, story, drift, judge, chronicle."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from tallyman.cli.options import AsOf, Format, LedgerPath, Output, opened, to_fill, today_unless
from tallyman.cli.output import show, show_lines


class Word(StrEnum):
    """What a person says of a link."""

    ACCEPT = "accept"
    REJECT = "reject"


def add_story_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (stories, story, drift, judge, chronicle):
        app.command()(command)


def stories(as_of: AsOf = None, output: Format = Output.TABLE, ledger: LedgerPath = None) -> None:
    """Print the stories that reports tell, one a line, with how many independent sources they come from.

    Copies and rewrites of one wire count as one source.

    \b
    tallyman stories --ledger seeds.duckdb
    tallyman stories --format jsonl
    """
    from tallyman.cli import told

    with opened(ledger) as book:
        rows = book.tellings.stories(as_of=today_unless(as_of))
        show(rows, told.STORIES, output, empty="no report; begin with: tallyman read PATH")


def story(
    story_id: Annotated[
        str,
        typer.Argument(metavar="ID", help="The id of a story or of a report in it, or its first letters."),
    ],
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Show one story: its reports, oldest first, and why they are held for one, link by link.

    \b
    tallyman story sty_0123456789abcdef
    """
    from tallyman.cli import told

    with opened(ledger) as book:
        found = book.tellings.story(story_id, as_of=today_unless(as_of))
        if output is Output.TABLE:
            show_lines(told.lines(found))
        else:
            show([found], told.STORIES, output, empty="")


def drift(
    target_id: Annotated[
        str, typer.Argument(metavar="TARGET_ID", help="The id of a target, or its first letters.")
    ],
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Show how a target changed from telling to telling, as a tree from the first report on.

    \b
    tallyman drift tgt_0123456789abcdef
    """
    from tallyman.cli import told

    with opened(ledger) as book:
        found = book.tellings.drift(target_id, as_of=today_unless(as_of))
        if output is Output.TABLE:
            show_lines(told.branches(found))
        else:
            show(found, told.RETELLINGS, output, empty="nobody tells of this target")


def judge(
    link_id: Annotated[str, typer.Argument(metavar="LINK", help="The id of a link, or its first letters.")],
    word: Annotated[Word, typer.Argument(metavar="accept|reject", help="Whether the link holds.")],
    ledger: LedgerPath = None,
) -> None:
    """Accept or reject a link between reports, claims or targets; a later word takes back an earlier one.

    \b
    tallyman judge lnk_0123456789abcdef reject
    """
    from tallyman.ledger import Ledger

    with Ledger(to_fill(ledger)) as book:
        judged = book.tellings.judge(
            link_id, word.value, judged_at=datetime.now(UTC), judged_by=getpass.getuser()
        )
    show_lines([f"{judged.id}: {judged.kind} from {judged.from_id} to {judged.to_id}: {word.value}ed"])


def chronicle(
    pair: Annotated[str, typer.Argument(metavar="PAIR", help="Two areas: CN-RU, china-russia.")],
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Print what happened between two areas: meetings, claims made there, targets set, and their outcomes.

    \b
    tallyman chronicle CN-RU --ledger seeds.duckdb
    """
    from tallyman import areas
    from tallyman.cli import told

    with opened(ledger) as book:
        rows = book.tellings.chronicle(areas.pair(pair), as_of=today_unless(as_of))
        show(rows, told.CHRONICLE, output, empty=f"no report in this ledger speaks of {pair}")
