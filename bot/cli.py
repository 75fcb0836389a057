"""The command line: `nextstep --help`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import storage
from bot import bootstrap, playbook_files
from bot.commands import deliveries, history, numbers
from bot.demo import DemoOptions, run_demo
from bot.demo.clock import from_environment
from bot.demo.team import settle
from bot.logs import configure as configure_logs
from bot.playbook_files import PlaybookFileError
from bot.seed import SeedOptions, is_empty, seed_workspace
from bot.settings import DatabaseSettings, NamingSettings, Settings, SettingsError, read
from playbooks.library import UnknownPlaybookError, key_for, new_playbook, shipped

WRONG_INPUT = 2
FAULTS_FOUND = 1
INTERRUPTED = 130

app = typer.Typer(
    name="nextstep",
    help="A Slack bot that makes sales a process with a predictable outcome.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
playbook = typer.Typer(help="Check a playbook, or start one of your own.", no_args_is_help=True)
app.add_typer(playbook, name="playbook")
app.add_typer(deliveries.deliveries, name="deliveries")
out = Console(highlight=False, soft_wrap=True, emoji=False)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="where the demo's Slack is in your browser", min=1, max=65535)] = 3000,
    *,
    reset: Annotated[bool, typer.Option("--reset", help="forget the earlier demo first")] = False,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="open the browser")] = True,
) -> None:
    """Try it: a Slack in your browser, a team of five and twelve weeks of history."""
    options = DemoOptions(port=port, reset=reset, open_browser=open_browser)
    raise typer.Exit(run_demo(options, prepare=prepare_demo))


@app.command()
def web() -> None:
    """Run the bot: in Socket Mode with SLACK_APP_TOKEN, else over HTTP at /slack/events."""
    settings = read(Settings)
    configure_logs(settings.log_format)
    bootstrap.open_engine(settings.database_url).dispose()  # each worker makes its own connections
    bootstrap.serve(settings)


app.command()(deliveries.worker)
app.command()(deliveries.tick)
app.command("import")(history.import_)
app.command()(history.export)
app.command()(numbers.funnel)
app.command()(numbers.plan)
app.command()(numbers.forecast)


@app.command()
def migrate() -> None:
    """Bring the database up to date; safe to run again."""
    bootstrap.migrate(read(DatabaseSettings).database_url)
    out.print("The database is up to date.")


@app.command()
def manifest(
    url: Annotated[
        str | None, typer.Option(help="where Slack sends requests over HTTP; without it Socket Mode")
    ] = None,
) -> None:
    """Print the manifest to make the Slack app from."""
    prefix = read(NamingSettings).command_prefix
    typer.echo(json.dumps(bootstrap.app_manifest(prefix, url), indent=2))


@app.command()
def seed(
    *,
    members: Annotated[int, typer.Option(min=1, max=200, help="how many members")] = 5,
    prospects: Annotated[int, typer.Option(min=0, max=1_000_000, help="how many prospects")] = 60,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="how many weeks of history")] = 12,
    random: Annotated[int, typer.Option(help="the same number makes the same history")] = 1,
) -> None:
    """Fill an empty database with a team and a believable history, through the same rules as everyone."""
    store = storage.Store(bootstrap.open_engine(read(DatabaseSettings).database_url))
    options = SeedOptions(members=members, prospects=prospects, weeks=weeks, random=random)
    out.print(str(seed_workspace(store, options, bootstrap.now())), markup=False)


@app.command()
def verify(
    *,
    recount: Annotated[bool, typer.Option("--recount", help="first count the visits behind the numbers anew")] = (
        False
    ),
) -> None:
    """Rebuild everything that is derived from the events, and say what differs."""
    engine = bootstrap.open_engine(read(DatabaseSettings).database_url)
    if recount:
        out.print(f"Counted all visits anew; {storage.recount(engine)} counts were wrong.")
    differences = storage.verify(engine)
    engine.dispose()
    for difference in differences:
        out.print(str(difference), markup=False)
    if differences:
        raise typer.Exit(FAULTS_FOUND)
    out.print("Everything agrees with the events.")


@playbook.command()
def check(file: Annotated[str, typer.Argument(help="a YAML file, or a shipped playbook's name")]) -> None:
    """List every mistake and every gap, each with its line and what would be right."""
    _, loaded = playbook_files.load(file)
    for fault in loaded.faults:
        out.print(str(fault), markup=False)
    if loaded.playbook is None:
        raise typer.Exit(FAULTS_FOUND)
    steps = len(loaded.playbook.steps)
    out.print(f"{file}: {steps} steps, no mistakes and no gaps.", markup=False)


@playbook.command()
def new(
    name: Annotated[str, typer.Argument(help="the name of your playbook")],
    origin: Annotated[str, typer.Option("--from", help=f"one of {', '.join(shipped())}")] = "b2b-saas",
) -> None:
    """Copy a shipped playbook to NAME.yaml, as a start."""
    text = new_playbook(name, origin)
    path = Path(f"{key_for(name)}.yaml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise PlaybookFileError(f"{path} is there already: choose another name.") from None
    out.print(f"Wrote {path}. Change it, then: nextstep playbook check {path}", markup=False)


def prepare_demo(environment: Mapping[str, str]) -> None:
    """Migrates the demo's database, and fills it when it is empty."""
    engine = storage.create_engine(environment["DATABASE_URL"])
    storage.migrate(engine)
    store = storage.Store(engine)
    if is_empty(store):
        morning = from_environment(environment).now()
        seed_workspace(store, SeedOptions(), morning)
        settle(store, morning)


def main() -> None:
    """Runs a command. Wrong input ends in one sentence and exit status 2."""
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        _stop(error.format_message())
    except typer.Abort:
        sys.exit(INTERRUPTED)
    except (SettingsError, PlaybookFileError, UnknownPlaybookError, bootstrap.DatabaseError, ValueError) as error:
        _stop(str(error))


def _stop(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(WRONG_INPUT)


if __name__ == "__main__":
    main()
