"""Pictures of the demo in both languages: `python -m tests.browser.shots INTO [COMMAND...]`.

The deeds are commands and main buttons, which read the same in every language.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.demo.workspace import ONE_CONTACT_LEFT
from bot.seed.stories import DECIDING, STALLED
from bot.views.words import Words
from tests.browser.page import SlackPage
from tests.browser.stage import missing, opened, running_demo

READERS = {"en": "Emma Clarke", "nl": "Sanne de Vries"}
_USUAL, _DAY, _WEEK = 900, 1000, 1700
_NUMBERS, _CHARTS = 1250, 2200
NUMBERS = {"funnel": "/funnel", "plan": "/plan 2 per week", "forecast": "/forecast"}
"""The answers to these have a chart; the last one is asked why."""
WITHOUT_PROSPECTS = "Joost Bakker"


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: what to do before it, as the member who reads the language."""

    name: str
    prepare: Callable[[SlackPage], None]


def _answer_to(command: str) -> Callable[[SlackPage], None]:
    def prepare(slack: SlackPage) -> None:
        slack.types(command)
        slack.gets_answer()

    return prepare


def _empty(language: str) -> Callable[[SlackPage], None]:
    """What somebody without prospects sees; the reader comes back afterwards."""

    def prepare(slack: SlackPage) -> None:
        slack.acts_as(WITHOUT_PROSPECTS)
        slack.types(f"/nextstep language {language}")
        slack.gets_answer()
        slack.types("/prospect")
        slack.gets_answer()

    return prepare


def _evidence_dialog(slack: SlackPage) -> None:
    slack.types("/prospect advance Kestrel")
    slack.gets_dialog()
    slack.ticks_evidence()


def _next_script(slack: SlackPage) -> None:
    slack.submits()
    slack.has_no_dialog()
    slack.gets_answer()


def _home(slack: SlackPage) -> None:
    slack.opens_home()


SCENES = (
    Scene("add", _answer_to("/prospect add Kestrel Robotics source:fair")),
    Scene("evidence", _evidence_dialog),
    Scene("advanced", _next_script),
    Scene("skip-refused", _answer_to("/prospect advance Kestrel step6")),
    Scene("script", _answer_to("/script Kestrel")),
    Scene("timeline", _answer_to("/prospect show Kestrel")),
    Scene("list", _answer_to("/prospect list")),
    Scene("lost", _answer_to("/prospect lost Kestrel price")),
    Scene("home", _home),
)


def main(arguments: list[str]) -> int:
    """Writes LANGUAGE-SCENE.png into a folder; each language sees a demo of its own."""
    into, command = Path(arguments[0]).resolve(), arguments[1:]
    lack = missing()
    if lack:
        sys.stderr.write(f"No pictures: {lack}\n")
        return 1
    into.mkdir(parents=True, exist_ok=True)
    for language, reader in READERS.items():
        with (
            tempfile.TemporaryDirectory() as folder,
            running_demo(Path(folder), command or _demo_in(language)) as demo,
            opened(demo, Path(folder)) as slack,
        ):
            _take_what_comes_by_itself(slack, into, language)
            slack.opens_channel("sales")
            _empty(language)(slack)
            slack.screenshot(into / f"{language}-empty.png")
            slack.acts_as(reader)
            _take(slack, into, language)
            _take_numbers(slack, into, language)
    return 0


def _demo_in(language: str) -> list[str]:
    return [sys.executable, "-m", "tests.browser.spoken", language]


def _take_what_comes_by_itself(slack: SlackPage, into: Path, language: str) -> None:
    """The week, the day, and in half a minute a stall; all of it is there without anybody having asked."""
    reader = READERS[language]
    slack.acts_as(reader)
    slack.opens_channel("sales")
    slack.gets_taller(_WEEK)
    slack.receives("→")
    slack.screenshot(into / f"{language}-digest.png")
    slack.opens_direct_messages(reader)
    slack.gets_taller(_DAY)
    slack.receives(DECIDING.names[language], STALLED.names[language])
    slack.screenshot(into / f"{language}-daily.png")
    slack.gets_taller(_USUAL)
    slack.receives(ONE_CONTACT_LEFT[language])
    slack.screenshot(into / f"{language}-alert.png")


def _take(slack: SlackPage, into: Path, language: str) -> None:
    for scene in SCENES:
        scene.prepare(slack)
        slack.screenshot(into / f"{language}-{scene.name}.png")


def _take_numbers(slack: SlackPage, into: Path, language: str) -> None:
    """Funnel, plan and forecast, why a number is what it is, and the charts that come in messages of their own."""
    gettext = Words(language).gettext
    slack.opens_channel("sales")
    for name, command in NUMBERS.items():
        slack.gets_taller(_NUMBERS)
        slack.types(command)
        slack.gets_answer()
        slack.screenshot(into / f"{language}-{name}.png")
        slack.clicks(gettext("Chart"))
        slack.gets_answer()
    slack.gets_taller(_USUAL)
    slack.clicks(gettext("Why?"))
    slack.gets_dialog()
    slack.screenshot(into / f"{language}-why.png")
    slack.closes()
    slack.types("/plan")
    slack.gets_dialog()
    slack.screenshot(into / f"{language}-plan-asks.png")
    slack.closes()
    slack.opens_direct_messages(READERS[language])
    slack.gets_taller(_CHARTS)
    titles = (
        gettext("{playbook}: the forecast", playbook=""),
        gettext("{playbook}: the pipeline against the plan", playbook=""),
        gettext("{playbook}: who goes on, {weeks}", playbook="", weeks=""),
    )
    for title in titles:
        slack.receives(title)
    slack.screenshot(into / f"{language}-charts.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
