"""The names of actions, blocks and dialogs: Slack sends them back, so they are spelled once."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Action(StrEnum):
    """Buttons, menus and fields. The value of a button on a prospect is a `Ticket`."""

    ADD = "add"
    ADVANCE = "advance"
    LOG = "log"
    LOSE = "lose"
    NOT_NOW = "not_now"
    WAIT = "wait"
    DECIDE = "decide"
    DECIDE_EARLIER = "decide_earlier"
    DECIDED_YES = "decided_yes"
    DECIDED_NO = "decided_no"
    DECIDED_NOT_NOW = "decided_not_now"
    PLAN = "plan"
    SHOW = "show"
    ASSIGN = "assign"
    UNDO = "undo"
    SCRIPT = "script"
    FILL_IN = "fill_in"
    PICK = "pick"
    """A prospect chosen from a menu that `/prospect` led to."""
    SCRIPT_PICK = "script_pick"
    """The same for `/script`."""
    MORE = "more"
    MINE_PAGE = "mine_page"
    MINE_BACK = "mine_back"
    LIST_PAGE = "list_page"
    LIST_BACK = "list_back"
    LIST_ALL = "list_all"
    LIST_STALLED = "list_stalled"
    CHOOSE_PAGE = "choose_page"
    CHOOSE_BACK = "choose_back"
    HOME_ALL = "home_all"
    HOME_ALL_BACK = "home_all_back"
    HOME_DESK = "home_desk"
    TIMELINE_PAGE = "timeline_page"
    TIMELINE_BACK = "timeline_back"
    SCRIPT_MOMENT = "script_moment"
    """Another script in the place of the one that is shown."""
    STEP_SCRIPT = "step_script"
    OBJECTIONS = "objections"
    OBJECTIONS_PAGE = "objections_page"
    OBJECTIONS_BACK = "objections_back"
    DECISION_SCRIPT = "decision_script"
    PLAYBOOK_SHOW = "playbook_show"
    PLAYBOOK_PAGE = "playbook_page"
    PLAYBOOK_BACK = "playbook_back"
    PLAYBOOK_CHECK = "playbook_check"
    PLAYBOOK_TEXT = "playbook_text"
    PLAYBOOK_HISTORY = "playbook_history"
    HISTORY_PAGE = "history_page"
    HISTORY_BACK = "history_back"
    SETTINGS = "settings"
    TEAM_SETTINGS = "team_settings"
    RESUME = "resume"
    ROLE = "role"
    ROLES_PAGE = "roles_page"
    ROLES_BACK = "roles_back"
    SEND_ANYWAY = "send_anyway"
    HELP = "help"
    DONE = "done"
    """What was to do is done, and what comes next gets its date."""
    LET_GO = "let_go"
    START_AGAIN = "start_again"
    SHOW_LIST = "show_list"
    """A list beside the message that it was asked from, not in its place."""
    FIELD = "field"
    """The element of a dialog's field; the block says which field it is."""
    FIELD_OF_NEXT = "field_of_next"
    """The same in the dialog that takes its place: Slack keeps what was typed in a field of the same name."""


class Block(StrEnum):
    """Fields of dialogs. Readable words: some clients show them beside an error."""

    NAME = "name"
    SOURCE = "source"
    VALUE = "value"
    PERSON = "person"
    PERSON_ROLE = "person_role"
    PHONE = "phone"
    EMAIL = "email"
    DECIDES = "decides"
    PLAYBOOK = "playbook"
    PROSPECT = "prospect"
    EVIDENCE = "evidence"
    ALSO = "also"
    NEXT_EVIDENCE = "next_evidence"
    NEXT_DATE = "next_date"
    NEXT_WHAT = "next_what"
    OUTCOME = "outcome"
    MOMENT = "moment"
    SCRIPT = "script"
    MINUTES = "minutes"
    NOTE = "note"
    REASON = "reason"
    ENDING = "ending"
    UNTIL = "until"
    OWNER = "owner"
    LANGUAGE = "language"
    HOUR = "hour"
    WORKING_DAYS = "working_days"
    DAYS_OFF = "days_off"
    COUNTRY = "country"
    REGION = "region"
    PAUSE = "pause"
    CHANNEL = "channel"
    DIGEST_DAY = "digest_day"
    DIGEST_HOUR = "digest_hour"
    MANAGER = "manager"
    PLAYBOOK_TEXT = "playbook_text"


class Callback(StrEnum):
    """Dialogs and shortcuts."""

    ANSWER = "answer"
    """A dialog that only shows an answer."""
    ADD = "add_prospect"
    ADVANCE = "advance_prospect"
    ADVANCE_BOTH = "advance_both"
    LOG = "log_contact"
    LOG_WHICH = "log_which"
    """The first half of *Log a contact* from a message: with whom."""
    LOSE = "lose_prospect"
    NOT_NOW = "postpone_prospect"
    WAIT = "wait_for_prospect"
    DECIDE = "force_decision"
    PLAN = "plan_next_action"
    ASSIGN = "assign_prospect"
    DONE = "done_next"
    LET_GO = "let_go"
    FILL_IN = "fill_in"
    SETTINGS = "settings"
    TEAM_SETTINGS = "team_settings"
    PLAYBOOK_TEXT = "playbook_text"


class Ticket(BaseModel):
    """What a button or dialog about a journey carries: which one, and at which version it was drawn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    journey: int
    version: int


class Slip(BaseModel):
    """What a dialog about a journey carries: which one, and the step it was about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    journey: int
    step: int
