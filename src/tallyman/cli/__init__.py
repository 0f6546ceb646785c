"""The command line: arguments in, rows out. Heavy imports are made by the command that needs them."""

from __future__ import annotations

import sys

import typer

from tallyman.cli.claims import add_claim_commands
from tallyman.cli.fetching import add_fetch_commands
from tallyman.cli.lexicons import add_lexicon_commands
from tallyman.cli.publishing import add_publishing_commands
from tallyman.cli.records import add_record_commands
from tallyman.cli.reports import add_report_commands
from tallyman.cli.statistics import add_statistics_commands
from tallyman.cli.stories import add_story_commands
from tallyman.cli.targets import add_target_commands
from tallyman.model import TallymanError

app = typer.Typer(
    name="tallyman",
    help="What officials and reports say about trade, held against what statistics count.\n\n"
    "PATH is a file, a folder or - for standard input everywhere. Exit codes: 0 fine, 1 something is refuted "
    "(check) or does not hold (lexicon test), 2 unusable input.",
    epilog="Begin with: tallyman demo",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
add_report_commands(app)
add_claim_commands(app)
add_target_commands(app)
add_record_commands(app)
add_statistics_commands(app)
add_fetch_commands(app)
add_publishing_commands(app)
add_story_commands(app)
add_lexicon_commands(app)


def main() -> None:
    """Run the command line; a known error is one line on standard error and exit code 2."""
    try:
        app()
    except TallymanError as error:
        print(f"tallyman: {error}", file=sys.stderr)
        sys.exit(2)
