"""Who asks and which playbooks there are is remembered: never longer than it holds in this process."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from playbooks.team import Role
from storage.remembered import Remembered
from tests.builders import Office
from tests.integration.test_cost import statements


def test_a_member_who_was_met_just_now_costs_no_statement(office: Office, engine: Engine) -> None:
    with office.units.reading(office.slack_team) as uow:
        met = uow.members.by_slack_id(office.rep.slack_id)

    with statements(engine) as sent, office.units.reading(office.slack_team) as uow:
        assert uow.members.by_slack_id(office.rep.slack_id) == met

    assert sent == []


def test_a_changed_role_is_seen_at_once(office: Office) -> None:
    with office.units.reading(office.slack_team) as uow:
        uow.members.by_slack_id(office.rep.slack_id)

    with office.units.writing(office.slack_team) as uow:
        uow.members.update(replace(office.rep, role=Role.ADMIN))
        uow.commit()

    with office.units.reading(office.slack_team) as uow:
        known = uow.members.by_slack_id(office.rep.slack_id)
    assert known is not None
    assert known.role is Role.ADMIN


def test_a_change_that_was_taken_back_is_not_remembered(office: Office) -> None:
    with office.units.writing(office.slack_team) as uow:
        uow.members.update(replace(office.rep, role=Role.ADMIN))
        uow.members.by_slack_id(office.rep.slack_id)

    with office.units.reading(office.slack_team) as uow:
        assert uow.members.by_slack_id(office.rep.slack_id) == office.rep


def test_a_writing_unit_reads_for_itself(office: Office, engine: Engine) -> None:
    with office.units.reading(office.slack_team) as uow:
        uow.members.by_slack_id(office.rep.slack_id)

    with statements(engine) as sent, office.units.writing(office.slack_team) as uow:
        uow.members.by_slack_id(office.rep.slack_id)

    assert len(sent) == 1


def test_a_unit_of_work_ends_with_its_block(office: Office) -> None:
    with office.units.reading(office.slack_team) as uow:
        members = uow.members

    with pytest.raises(RuntimeError, match="ends with its with block"):
        members.all()


def test_what_changes_while_it_is_read_is_not_kept() -> None:
    kept: Remembered[str, str] = Remembered()

    def read_while_it_changes() -> str:
        kept.forget()
        return "old"

    assert kept.get("Ada", read_while_it_changes) == "old"
    assert kept.get("Ada", lambda: "new") == "new"


def test_nothing_is_remembered_for_longer_than_it_may_be() -> None:
    kept: Remembered[str, str] = Remembered(seconds=0.0)
    kept.get("Ada", lambda: "old")

    assert kept.get("Ada", lambda: "new") == "new"


def test_that_there_is_none_is_not_remembered() -> None:
    kept: Remembered[str, str] = Remembered()
    kept.get("Ada", lambda: None)

    assert kept.get("Ada", lambda: "met") == "met"
