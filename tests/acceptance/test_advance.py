"""*They decided*: one step at a time, with its evidence."""

from __future__ import annotations

from tests.acceptance.conftest import Bot
from tests.fake_slack import Person


def test_a_new_prospect_starts_in_step_one_with_a_script_and_a_next_action(anna: Person) -> None:
    answer = anna.types("/prospect add Acme BV source:fair")
    assert "Acme BV starts in step 1 of 7" in answer.text
    assert "Next action" in answer.text
