"""Why the rules said no: a code and its details, for whoever has to say it in words."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Refusal(StrEnum):
    """One reason each; the details named here come with it."""

    CLOSED = "closed"
    """The journey is over. `status`."""
    SKIPS_A_STEP = "skips_a_step"
    """The step asked for is not the next one. `step` now, `next` (none in the last), `asked`."""
    EVIDENCE_MISSING = "evidence_missing"
    """`step`, `missing`: the required evidence not ticked."""
    EVIDENCE_UNKNOWN = "evidence_unknown"
    """`step`, `unknown` keys."""
    NO_NEXT_ACTION = "no_next_action"
    """An open journey needs one dated next action."""
    DATE_PAST = "date_past"
    """`date`, `today`."""
    DATE_TOO_FAR = "date_too_far"
    """`date`, `latest`."""
    REASON_UNKNOWN = "reason_unknown"
    """`said`, `reasons`: the playbook's."""
    REASON_NEEDS_TEXT = "reason_needs_text"
    """The reason `other` says nothing by itself."""
    OUTCOME_UNKNOWN = "outcome_unknown"
    """`said`, `outcomes`: the playbook's."""
    SCRIPT_UNKNOWN = "script_unknown"
    """`said`, `scripts`: the variants of this step."""
    MOMENT_UNKNOWN = "moment_unknown"
    """`said`, `moments`: those of the step, also when a next action names one."""
    TEXT_TOO_LONG = "text_too_long"
    """`length`, `most`: in characters."""
    MINUTES_OUT_OF_RANGE = "minutes_out_of_range"
    """`minutes`, `most`."""
    WAIT_TOO_LONG = "wait_too_long"
    """`latest`: the last date the playbook allows, `days`."""
    WAIT_TOO_OFTEN = "wait_too_often"
    """`times`: how often the step allows; 0 when it allows no waiting at all."""
    DECISION_TOO_LATE = "decision_too_late"
    """`latest`: the last date by which a decision may be forced in this step."""
    DECISION_FORCED_ALREADY = "decision_forced_already"
    """`due_on`: the date that stands. A later one is the prospect's to name, as a wait."""
    OWNER_ALREADY = "owner_already"
    """The prospect is already theirs."""
    NOTHING_TO_UNDO = "nothing_to_undo"
    """Every change was taken back already."""
    NOT_YOURS_TO_UNDO = "not_yours_to_undo"
    """`by`: the member id of the author, who may, as a manager may."""
    UNDO_TOO_LATE = "undo_too_late"
    """What Nextstep closed by itself can be taken back for some working days only. `closed_on`, `days`."""
    CHANGED_MEANWHILE = "changed_meanwhile"
    """Somebody else was first. `tracked`: as it is now, where it is known."""
    OPEN_ALREADY = "open_already"
    """The prospect has an open journey. `tracked`, where it is known."""
    NO_SUCH_STEP = "no_such_step"
    """`asked`, `last`: how many steps the playbook has."""
    PLAYBOOK_UNKNOWN = "playbook_unknown"
    """`said`, `playbooks`: the workspace's."""
    MEMBER_UNKNOWN = "member_unknown"
    """`said`: nobody, or more than one member, is called this."""
    ADMINS_ONLY = "admins_only"
    """`admins`: the names of those who may."""
    LEADERS_ONLY = "leaders_only"
    """`leaders`: the names of the managers and admins, who may."""
    LAST_ADMIN = "last_admin"
    """A workspace keeps one admin. `member`: the name of who is it."""
    NAME_MISSING = "name_missing"
    """A prospect or a person without a name that can be seen."""
    NO_JOURNEY = "no_journey"
    """The prospect has no journey that this can be done to."""


class Refused(Exception):  # noqa: N818 - it reads as what happened: the gate refused
    """The gate stays shut. Nothing was changed."""

    def __init__(self, code: Refusal, **details: Any) -> None:
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details
