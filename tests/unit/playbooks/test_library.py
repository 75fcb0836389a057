"""What every shipped playbook keeps to: complete, one next step at a time, and worth saying aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from math import prod

import pytest

from playbooks.library import shipped, shipped_text
from playbooks.loader import read_playbook
from playbooks.model import WON, Counts, DecisionScript, Moment, Playbook, Script, Step
from playbooks.prospect import Person, Prospect
from playbooks.scripts import Facts, Rendered, render

OUTCOMES = {"no_answer", "voicemail", "sent", "talked", "met", "no_show"}
CONTACTS = {"talked", "met"}
LONGEST_TURN = 110
"""Words a rep can say at a stretch before it turns into a speech."""
TODAY = date(2026, 3, 3)
KNOWN = Prospect(
    id=1,
    workspace_id=1,
    name="Bakkerij Smit",
    source="website",
    people=(Person(name="Marieke Smit", role="directeur", decides=True),),
)
BARE = Prospect(id=2, workspace_id=1, name="Oakfield")


@pytest.fixture(params=shipped())
def playbook(request: pytest.FixtureRequest) -> Playbook:
    loaded = read_playbook(shipped_text(request.param), f"{request.param}.yaml")
    assert loaded.playbook is not None, "\n".join(map(str, loaded.faults))
    return loaded.playbook


def words_of(step: Step) -> Iterator[str]:
    """Every text of a step that is filled in before a rep reads it."""
    yield step.sells.words
    talks: list[Script | DecisionScript] = [script for moment in step.moments for script in moment.scripts]
    if step.decision_script:
        talks.append(step.decision_script)
    for talk in talks:
        yield from (talk.opening, *talk.questions, talk.ask.words)
    yield from (objection.answer for objection in step.objections)


def filled_in(playbook: Playbook, prospect: Prospect) -> Iterator[Rendered]:
    for number, step in enumerate(playbook.steps, start=1):
        facts = Facts.at_step(playbook, number, prospect, "Joris Vink", TODAY)
        yield from (render(words, facts) for words in words_of(step))


def moments_of(playbook: Playbook) -> list[tuple[Step, Moment]]:
    return [(step, moment) for step in playbook.steps for moment in step.moments]


def scripts_spoken(playbook: Playbook) -> list[tuple[Step, Moment, Script]]:
    return [(step, moment, script) for step, moment in moments_of(playbook) for script in moment.scripts]


def test_a_dutch_and_an_english_playbook_are_shipped() -> None:
    assert set(shipped()) >= {"b2b-diensten", "b2b-saas"}


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_playbook_has_no_faults(name: str) -> None:
    assert [str(fault) for fault in read_playbook(shipped_text(name), f"{name}.yaml").faults] == []


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_playbook_is_keyed_by_its_file_name(name: str) -> None:
    loaded = read_playbook(shipped_text(name), f"{name}.yaml")
    assert loaded.playbook is not None
    assert loaded.playbook.key == name


def test_every_shipped_playbook_has_six_or_seven_steps(playbook: Playbook) -> None:
    assert len(playbook.steps) in (6, 7)


def test_every_shipped_playbook_has_two_variants_on_at_least_three_moments(playbook: Playbook) -> None:
    compared = [moment.key for _, moment in moments_of(playbook) if len(moment.scripts) >= 2]
    assert len(compared) >= 3


def test_every_shipped_playbook_compares_variants_that_differ_in_opening_and_ask(playbook: Playbook) -> None:
    for step, moment in moments_of(playbook):
        for part in ("opening", "ask"):
            said = [getattr(script, part) for script in moment.scripts]
            assert len(set(map(str, said))) == len(said), f"{step.key}/{moment.key} repeats its {part}"


def test_every_shipped_playbook_has_three_objections_a_step(playbook: Playbook) -> None:
    assert {step.key: len(step.objections) for step in playbook.steps if len(step.objections) < 3} == {}


def test_every_shipped_playbook_has_at_least_two_moments_a_step(playbook: Playbook) -> None:
    assert {step.key: len(step.moments) for step in playbook.steps if len(step.moments) < 2} == {}


def test_every_shipped_playbook_requires_at_least_two_things_seen_per_step(playbook: Playbook) -> None:
    required = {step.key: [item.key for item in step.evidence if item.required] for step in playbook.steps}
    assert {key: items for key, items in required.items() if len(items) < 2} == {}


def test_every_decision_script_asks_a_question_and_offers_not_now(playbook: Playbook) -> None:
    later = re.compile(r"not now|it's later|niet nu|nu niet|komt het later", re.IGNORECASE)
    for step in playbook.steps:
        script = step.decision_script
        assert script is not None
        assert script.questions
        assert later.search(script.ask.words), f"{step.key} offers no 'not now'"


def test_every_answer_to_an_objection_asks_something_back(playbook: Playbook) -> None:
    silent = [one.says for step in playbook.steps for one in step.objections if "?" not in one.answer]
    assert silent == []


def test_only_the_last_step_sells_the_customer(playbook: Playbook) -> None:
    sold = [step.sells.step for step in playbook.steps]
    assert sold == [*(f"step{number}" for number in range(2, playbook.last + 1)), WON]


def test_every_moment_comes_before_its_step_stalls(playbook: Playbook) -> None:
    for step in playbook.steps:
        assert sum(moment.after for moment in step.moments) <= step.stalled_after < step.decision_due_after


def test_every_step_escalates_before_it_closes(playbook: Playbook) -> None:
    for step in playbook.steps:
        assert step.when_due.escalate_after < step.when_due.close_after


def test_about_one_in_ten_approached_becomes_a_customer(playbook: Playbook) -> None:
    conversions = [step.expects.conversion / 100 for step in playbook.steps if step.expects]
    assert len(conversions) == playbook.last
    assert 0.08 <= prod(conversions) <= 0.12


def test_a_target_is_above_what_is_expected(playbook: Playbook) -> None:
    for step in playbook.steps:
        assert step.expects is not None
        assert step.target is None or step.target > step.expects.conversion


def test_outcomes_and_reasons_can_be_typed_in_both_languages(playbook: Playbook) -> None:
    assert {outcome.key for outcome in playbook.outcomes} == OUTCOMES
    counted = {outcome.key for outcome in playbook.outcomes if outcome.counts is Counts.CONTACT}
    assert counted == CONTACTS
    for said in ("geen gehoor", "no answer", "gesproken", "talked", "verstuurd", "sent"):
        assert any(said in outcome.aliases for outcome in playbook.outcomes), said
    for said in ("prijs", "price", "concurrent", "competitor"):
        assert any(said in reason.aliases for reason in playbook.lost_reasons), said


def test_every_script_fills_in_for_a_known_prospect_with_nothing_missing(playbook: Playbook) -> None:
    for rendered in filled_in(playbook, KNOWN):
        assert not rendered.as_written
        assert rendered.missing == ()


def test_every_script_fills_in_for_a_prospect_of_whom_only_the_name_is_known(playbook: Playbook) -> None:
    lacking = {lack.field for rendered in filled_in(playbook, BARE) for lack in rendered.missing}
    assert lacking == {"person.name"}


def test_no_script_leaves_a_gap_in_its_sentences(playbook: Playbook) -> None:
    for prospect in (KNOWN, BARE):
        for rendered in filled_in(playbook, prospect):
            assert not re.search(r"\S  +\S| [,.?!]|\.\.|\n{3}", rendered.text), rendered.text


def test_every_opening_can_be_said_in_one_breath_or_two(playbook: Playbook) -> None:
    long = [
        f"{step.key}/{moment.key}/{script.variant}"
        for step, moment, script in scripts_spoken(playbook)
        if len(script.opening.split()) > LONGEST_TURN
    ]
    assert long == []


def test_every_variable_of_a_shipped_playbook_is_said_somewhere(playbook: Playbook) -> None:
    everything = " ".join(words for step in playbook.steps for words in words_of(step))
    assert [name for name in playbook.variables if f"our.{name} " not in everything] == []
