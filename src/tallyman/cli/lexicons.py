"""Commands for linguists: lexicon test, lexicon coverage."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Annotated

import typer

from tallyman.cli.inputs import read_or_reject
from tallyman.cli.options import Format, Output, Paths
from tallyman.cli.output import UNUSABLE, Column, View, attributes, cells, leave, refuse, show

if TYPE_CHECKING:
    from tallyman.model import Reject

FAULTY = 1
Language = Annotated[str, typer.Argument(metavar="LANGUAGE", help="Its code, as in lexicon/en.toml: en.")]
lexicon = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

FAULTS = View(
    table=tuple(Column(name, attrgetter(name)) for name in ("where", "what", "problem")),
    csv=lambda: attributes("where", "what", "problem"),
    json=lambda row: row._asdict(),
)
UNCOVERED = View(
    table=(
        Column("shape", attrgetter("shape")),
        Column("not read as", attrgetter("layer")),
        Column("times", attrgetter("times"), right=True),
        Column("for example", lambda row: row.contexts[0]),
    ),
    csv=lambda: cells(
        shape=attrgetter("shape"),
        layer=attrgetter("layer"),
        times=attrgetter("times"),
        contexts=lambda row: " ... ".join(row.contexts),
    ),
    json=lambda row: row._asdict(),
)


def add_lexicon_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(lexicon, name="lexicon", help="Test a lexicon, and find what it does not read.")


@lexicon.command("test")
def hold(language: Language, output: Format = Output.TABLE) -> None:
    """Hold a lexicon to its own examples and counterexamples; exit code 1 if one of them fails.

    \b
    tallyman lexicon test en
    """
    from tallyman.extract import workbench

    faults = workbench.faults(language)
    show(faults, FAULTS, output, empty=f"every promise of the lexicon {language!r} holds")
    leave(FAULTY if faults else 0)


@lexicon.command()
def coverage(language: Language, paths: Paths, output: Format = Output.TABLE) -> None:
    """List the frequent figures of reports that no rule claims, the most frequent shape first.

    \b
    tallyman lexicon coverage en reports/
    tallyman lexicon coverage en reports/ --format jsonl
    """
    from tallyman.extract import workbench

    rejects: list[Reject] = []
    documents = read_or_reject(paths, None, None, rejects)
    show(
        workbench.coverage(documents, language=language),
        UNCOVERED,
        output,
        empty="a rule claims every figure in these reports",
    )
    refuse(rejects)
    leave(UNUSABLE if rejects else 0)
