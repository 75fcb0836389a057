"""`/playbook`: what we sell by, step by step, and whether it is complete."""

from __future__ import annotations

import pytest

from playbooks.library import shipped_text
from playbooks.loader import read_playbook
from tests.acceptance.conftest import Bot
from tests.fake_slack import FakeSlack, Person
from tests.fake_slack.answers import texts_of
from tests.unit.playbooks import playbook_text

SAAS = read_playbook(shipped_text("b2b-saas"), "b2b-saas").playbook
assert SAAS is not None


def test_playbook_alone_lists_them_with_version_and_steps(anna: Person) -> None:
    text = anna.types("/playbook").text
    assert f"*{SAAS.name}* · version 1 · {SAAS.last} steps" in text


def test_a_step_shows_its_decision_evidence_limits_and_moments(anna: Person) -> None:
    text = anna.types("/playbook show").text
    step = SAAS.step(1)
    assert f"step 1 of {SAAS.last}, {step.name}" in text
    assert step.decision in text
    for item in step.evidence:
        assert item.text in text
    assert f"stalled after {step.stalled_after} working days" in text
    for moment in step.moments:
        assert moment.name in text


def test_every_step_is_a_page_that_takes_the_place_of_the_one_before(anna: Person) -> None:
    page = anna.types("/playbook show b2b-saas")
    for number in range(2, SAAS.last + 1):
        page = anna.clicks("Next ›", on=page)
        assert f"step {number} of {SAAS.last}, {SAAS.step(number).name}" in page.text
    assert f"step {SAAS.last - 1} of" in anna.clicks("‹ Previous", on=page).text
    assert len(anna.slack.ephemerals(anna.user)) == 1


def test_a_step_leads_to_its_script(anna: Person) -> None:
    page = anna.clicks("Next ›", on=anna.types("/playbook show"))
    assert "The one ask" in anna.clicks("Script of this step", on=page).text


def test_a_published_playbook_has_no_gaps(anna: Person) -> None:
    text = anna.types("/playbook check").text
    assert f"{SAAS.name} version 1 has no mistakes and no gaps." in text


def test_a_pasted_playbook_is_answered_with_every_fault_and_its_line(anna: Person) -> None:
    content = playbook_text.content()
    content["steps"][0]["evidence"] = []
    content["steps"][1]["objections"] = []
    dialog = anna.clicks("Check another text", on=anna.types("/playbook check")).view
    text = playbook_text.text(content)
    assert len(text) <= 3000
    answer = anna.submits(dialog, {"playbook_text": text})
    said = "\n".join(texts_of(answer.view.blocks))
    faults = read_playbook(text, "text").faults
    assert f"Your text: {len(faults)} things to fix" in said
    for fault in faults:
        assert f"*Line {fault.line}:*" in said


def test_a_pasted_playbook_without_faults_is_told_so_and_not_kept(anna: Person) -> None:
    dialog = anna.clicks("Check another text", on=anna.types("/playbook check")).view
    answer = anna.submits(dialog, {"playbook_text": playbook_text.text(playbook_text.content(1))})
    assert "has no mistakes and no gaps" in "\n".join(texts_of(answer.view.blocks))
    assert "1 playbook" in anna.types("/playbook").text


def test_the_history_names_each_version_with_its_day_and_author(anna: Person) -> None:
    text = anna.types("/playbook history").text
    assert "*Version 1* · Mon 2 Mar 09:00, by anna" in text


def test_the_history_says_which_steps_begin_new_numbers(bot: Bot, anna: Person) -> None:
    anna.types("/nextstep")
    publish(bot, {2: {"decision": "We want to see it with our own people."}})
    publish(bot, {3: {"name": "Show it"}})
    newest, middle, first = anna.types("/playbook history").text.split("*Version ")[1:][:3]
    assert "begin anew" not in newest, "a name is only words"
    assert "Its step 2 asks for another decision or other evidence, so its numbers begin anew." in middle
    assert "anew" not in first


def publish(bot: Bot, changes: dict[int, dict[str, str]]) -> None:
    """A version on top of the newest, with other words in some of its steps."""
    with bot.store.writing(bot.slack.workspace.id) as uow:
        book = uow.playbooks.get(uow.playbooks.current()[0].id)
        steps = [
            step.model_copy(update=changes.get(number, {})) for number, step in enumerate(book.steps, start=1)
        ]
        changed = book.model_copy(update={"steps": tuple(steps)})
        uow.playbooks.publish("schema: 1", changed, at=bot.clock.at, by=None)
        uow.commit()


def test_a_playbook_that_is_not_there_is_answered_with_those_that_are(anna: Person) -> None:
    assert "There is no playbook sales; there is: b2b-saas" in anna.types("/playbook show sales").text


def test_help_says_what_can_follow(anna: Person) -> None:
    text = anna.types("/playbook help").text
    assert "`check`" in text


@pytest.mark.parametrize("name", ["b2b-saas", "b2b-diensten"])
def test_the_beginning_of_a_name_is_enough_among_several(bot: Bot, slack: FakeSlack, name: str) -> None:
    both = Bot(slack, bot.store, bot.clock, playbooks="b2b-saas,b2b-diensten")
    anna = both.person("ann")
    assert "2 playbooks" in anna.types("/playbook").text
    book = read_playbook(shipped_text(name), name).playbook
    assert book is not None
    assert book.name in anna.types(f"/playbook show {name[:6]}").text
