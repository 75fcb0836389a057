"""`/script`, `/playbook` and `/nextstep`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.commands import (
    CheckPlaybook,
    ErasePerson,
    ListPlaybooks,
    Pause,
    PlaybookHistory,
    Resume,
    ScriptMenu,
    ScriptOfProspect,
    ScriptOfStep,
    SetLanguage,
    ShowHealth,
    ShowHelp,
    ShowPlaybook,
    ShowSettings,
    ShowTeamSettings,
    TakeDaysOff,
    Verb,
)
from bot.grammar.other_commands import read_nextstep, read_playbook, read_script
from bot.grammar.readings import Clear, Draft, Mistake, Question, Unclear, Wrong
from tests.unit.grammar.world import ACME, SOLAR_NOORD, SOLAR_ZUID, STEP_THREE, TWIN_BV, a_context


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", ScriptMenu()),
        ("step3", ScriptOfStep("step3")),
        ("stap 3 draaiboek:b2b-saas", ScriptOfStep("step3", "b2b-saas")),
        ("Acme", ScriptOfProspect(ACME)),
        ('"Step3"', ScriptOfProspect(STEP_THREE)),
    ],
)
def test_a_script_is_asked_for_a_step_or_a_prospect(text: str, command: object) -> None:
    assert read_script(text, a_context()) == Clear(command)


def test_a_script_for_two_prospects_asks_which() -> None:
    draft = Draft(Verb.SCRIPT, prospects=(SOLAR_NOORD, SOLAR_ZUID), said="Solar")
    assert read_script("Solar", a_context()) == Unclear(Question.WHICH_PROSPECT, draft)
    chosen = read_script("Solar", a_context(chosen=SOLAR_ZUID.id))
    assert chosen == Clear(ScriptOfProspect(SOLAR_ZUID))


def test_a_script_for_an_unknown_prospect_names_the_closest() -> None:
    wrong = read_script("Twinning", a_context())
    assert isinstance(wrong, Wrong)
    assert (wrong.mistake, wrong.prospects[0]) == (Mistake.UNKNOWN_PROSPECT, TWIN_BV)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", ListPlaybooks()),
        ("help", ShowHelp()),
        ("show", ShowPlaybook("")),
        ("toon b2b-diensten", ShowPlaybook("b2b-diensten")),
        ("b2b-saas", ShowPlaybook("b2b-saas")),
        ('check "My own"', CheckPlaybook("My own")),
        ("geschiedenis b2b-saas", PlaybookHistory("b2b-saas")),
    ],
)
def test_a_playbook_is_shown_checked_or_told_about(text: str, command: object) -> None:
    assert read_playbook(text) == Clear(command)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", ShowHelp()),
        ("help", ShowHelp()),
        ("?", ShowHelp()),
        ("settings", ShowSettings()),
        ("instellingen taal nederlands", SetLanguage("nl")),
        ("settings language english", SetLanguage("en")),
        ("taal nederlands", SetLanguage("nl")),
        ("language", ShowSettings()),
        ("settings slack", SetLanguage("")),
        ("settings team", ShowTeamSettings()),
        ("instellingen team", ShowTeamSettings()),
        ("off 24 dec - 2 jan", TakeDaysOff("24 dec - 2 jan")),
        ("vrij vrijdag", TakeDaysOff("vrijdag")),
        ("off", ShowSettings()),
        ("pause until friday", Pause("until friday")),
        ("pauze tot 1 maart", Pause("tot 1 maart")),
        ("pause", ShowSettings()),
        ("pauze uit", Resume()),
        ("resume", Resume()),
        ("health", ShowHealth()),
        ("erase Jan de Vries", ErasePerson("Jan de Vries")),
        ("wis", ErasePerson("")),
    ],
)
def test_nextstep_helps_and_sets(text: str, command: object) -> None:
    assert read_nextstep(text) == Clear(command)


def test_a_language_there_is_not_is_answered_with_those_there_are() -> None:
    assert read_nextstep("settings language klingon") == Wrong(Mistake.LANGUAGE, "klingon", ("en", "nl", "slack"))


def test_an_unknown_subcommand_is_answered_with_the_closest() -> None:
    wrong = read_nextstep("setings")
    assert isinstance(wrong, Wrong)
    assert (wrong.mistake, wrong.expected[0]) == (Mistake.UNKNOWN_COMMAND, "settings")


@given(st.text(max_size=100))
def test_any_text_gives_a_reading(text: str) -> None:
    for reading in (read_script(text, a_context()), read_playbook(text), read_nextstep(text)):
        assert isinstance(reading, Clear | Unclear | Wrong)
