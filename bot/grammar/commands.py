"""What commands say, once they are read: one value per command, nothing left to guess."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.grammar.arguments import MemberSaid
from playbooks.names import KnownProspect
from playbooks.team import Role


class Verb(StrEnum):
    """The subcommands of `/prospect`, by their English name.

    DESK is the command with nothing after it; SCRIPT is a command of its own, `/script`.
    """

    DESK = "desk"
    ADD = "add"
    ADVANCE = "advance"
    LOG = "log"
    NEXT = "next"
    LOST = "lost"
    NOT_NOW = "not-now"
    WAIT = "wait"
    DECIDE = "decide"
    SHOW = "show"
    LIST = "list"
    ASSIGN = "assign"
    UNDO = "undo"
    HELP = "help"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class NextSaid:
    """The next action as said: its day, and what to do (empty: what the playbook says)."""

    day: date
    what: str = ""


@dataclass(frozen=True, slots=True)
class ShowDesk:
    """My open prospects."""


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """How the command is used."""


@dataclass(frozen=True, slots=True)
class AddProspect:
    """A new prospect. Empty texts were not said; `email` and `phone` are the person's."""

    name: str
    source: str = ""
    playbook: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""
    value: Decimal | None = None
    rep: MemberSaid | None = None
    next: NextSaid | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AdvanceProspect:
    """`to` is the step key that was named as where it goes, empty when none was."""

    prospect: KnownProspect
    next: NextSaid | None = None
    note: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class LogContact:
    """`outcome` is the playbook's key; `minutes` None when not said; `script` the variant, empty likewise."""

    prospect: KnownProspect
    outcome: str
    next: NextSaid | None = None
    minutes: int | None = None
    script: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SetNextAction:
    prospect: KnownProspect
    next: NextSaid


@dataclass(frozen=True, slots=True)
class LoseProspect:
    """`reason` is the playbook's key."""

    prospect: KnownProspect
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostponeProspect:
    """Not now: the journey closes and the prospect comes back on `until`."""

    prospect: KnownProspect
    until: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaitForProspect:
    """The prospect named a date: the journey stays open and waits until then."""

    prospect: KnownProspect
    until: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecideProspect:
    prospect: KnownProspect
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShowProspect:
    prospect: KnownProspect


@dataclass(frozen=True, slots=True)
class ListProspects:
    """Filters, each empty or None when it was not said; `step` is a key such as "step3"."""

    step: str = ""
    rep: MemberSaid | None = None
    source: str = ""
    playbook: str = ""
    stalled: bool = False


@dataclass(frozen=True, slots=True)
class AssignProspect:
    prospect: KnownProspect
    member: MemberSaid
    note: str = ""


@dataclass(frozen=True, slots=True)
class UndoChange:
    prospect: KnownProspect


ProspectCommand = (
    ShowDesk
    | ShowHelp
    | AddProspect
    | AdvanceProspect
    | LogContact
    | SetNextAction
    | LoseProspect
    | PostponeProspect
    | WaitForProspect
    | DecideProspect
    | ShowProspect
    | ListProspects
    | AssignProspect
    | UndoChange
)


@dataclass(frozen=True, slots=True)
class ScriptMenu:
    """`/script` alone: a choice of my prospects and the steps."""


@dataclass(frozen=True, slots=True)
class ScriptOfStep:
    step: str
    playbook: str = ""


@dataclass(frozen=True, slots=True)
class ScriptOfProspect:
    prospect: KnownProspect


ScriptCommand = ScriptMenu | ScriptOfStep | ScriptOfProspect


@dataclass(frozen=True, slots=True)
class ListPlaybooks:
    """`/playbook` alone."""


@dataclass(frozen=True, slots=True)
class ShowPlaybook:
    """The names here and below are as said, empty for the team's own playbook."""

    name: str


@dataclass(frozen=True, slots=True)
class CheckPlaybook:
    name: str


@dataclass(frozen=True, slots=True)
class PlaybookHistory:
    name: str


PlaybookCommand = ListPlaybooks | ShowPlaybook | CheckPlaybook | PlaybookHistory | ShowHelp


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """`/nextstep settings`."""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """`language` is "en" or "nl", or empty: as in Slack."""

    language: str


@dataclass(frozen=True, slots=True)
class ShowHealth:
    """`/nextstep health`."""


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """`who` is the person as said, empty when a dialog should ask."""

    who: str


@dataclass(frozen=True, slots=True)
class ShowRoles:
    """`/nextstep roles`."""


@dataclass(frozen=True, slots=True)
class SetRole:
    """`/nextstep roles @anna manager`."""

    member: MemberSaid
    role: Role


@dataclass(frozen=True, slots=True)
class ShowTeamSettings:
    """`/nextstep settings team`."""


@dataclass(frozen=True, slots=True)
class TakeDaysOff:
    """`/nextstep off 24 dec - 2 jan`; `said` is to be read as days on the member's own calendar."""

    said: str


@dataclass(frozen=True, slots=True)
class Pause:
    """`/nextstep pause until friday`; `said` is to be read as a date on the member's own calendar."""

    said: str


@dataclass(frozen=True, slots=True)
class Resume:
    """`/nextstep resume`: the pause is over."""


NextstepCommand = (
    ShowHelp
    | ShowSettings
    | ShowTeamSettings
    | SetLanguage
    | TakeDaysOff
    | Pause
    | Resume
    | ShowRoles
    | SetRole
    | ShowHealth
    | ErasePerson
)
