"""What reading a command gives: a clear command, a question with what is known so far, or a mistake."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from bot.grammar.aliases import Aliases
from bot.grammar.arguments import ALIASES, Arguments, Key, MemberSaid
from bot.grammar.commands import Verb
from bot.grammar.names import Lookup
from playbooks.names import KnownProspect, closest_words

Command_co = TypeVar("Command_co", covariant=True)


class PlaybookWords(Protocol):
    """The words a prospect's playbook uses; for None those of all the workspace's playbooks together."""

    def outcomes(self, prospect: KnownProspect | None) -> Aliases[str]:
        """Label or alias -> outcome key."""

    def lost_reasons(self, prospect: KnownProspect | None) -> Aliases[str]:
        """Label or alias -> reason key."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a text is read against.

    `today` is the member's local date, `locale` their language as Slack gives it ("nl-NL"). `chosen` is
    the id of the prospect that the member picked from the menu this same text led to before.
    """

    today: date
    locale: str
    prospects: Lookup
    words: PlaybookWords
    chosen: int | None = None


class Question(StrEnum):
    """What a reading leaves open. The first two are a menu, the others the command's dialog, filled in."""

    WHICH_PROSPECT = "which_prospect"
    """Several prospects fit; `draft.prospects` are the choices."""
    PROSPECT = "prospect"
    """None was named; a choice of the member's own prospects."""
    NAME = "name"
    """`add` without a name."""
    OUTCOME = "outcome"
    """`log` without a known outcome; what was said in its place is `draft.note`."""
    REASON = "reason"
    """`lost` without a known reason; what was said in its place is `draft.note`."""
    DATE = "date"
    """A day is needed and none was said first, or it could be a date or just text (`draft.note`)."""
    MEMBER = "member"
    """`assign` without the member who takes over."""
    CHECK = "check"
    """It can be read in more than one way: `draft` holds the likeliest for the member to check."""


class Mistake(StrEnum):
    """What is wrong with a text. Beside each stands which parameters of `Wrong` tell about it."""

    UNKNOWN_COMMAND = "unknown_command"
    """`said` is no subcommand and no prospect; `expected` are the closest subcommands, `prospects` names."""
    UNKNOWN_PROSPECT = "unknown_prospect"
    """No prospect is called `said`; `prospects` are the closest three, to choose from."""
    UNKNOWN_KEY = "unknown_key"
    """`said:` is no key of this command; `expected` are its keys, the closest first."""
    KEY_TWICE = "key_twice"
    """`said:` was said more than once."""
    KEY_EMPTY = "key_empty"
    """Nothing follows `said:`."""
    NAME_TOO_LONG = "name_too_long"
    """The name `said` is longer than a name can be."""
    DATE_UNREADABLE = "date_unreadable"
    """`said` is no date."""
    DATE_PAST = "date_past"
    """`said` means `day`, which has gone."""
    DATE_IMPOSSIBLE = "date_impossible"
    """`said` is a day that no calendar has."""
    DATE_TOO_FAR = "date_too_far"
    """`said` is more than five years ahead (`day`, where it is one)."""
    WEEKDAY_DIFFERS = "weekday_differs"
    """`said` names a weekday that `day` is not."""
    MINUTES = "minutes"
    """`said` is no number of minutes between 0 and 1,440."""
    AMOUNT = "amount"
    """`said` is no amount of money."""
    EMAIL = "email"
    """`said` is no e-mail address."""
    STEP = "step"
    """`said` is no step; right would be `step3` or `3`."""
    FILTER = "filter"
    """`said` is nothing a list can be filtered by; `expected` are the filters."""
    TWO_MEMBERS = "two_members"
    """One member was needed, more were mentioned."""
    ROLE = "role"
    """`said` is no member and a role; `expected` are the roles."""
    LANGUAGE = "language"
    """`said` is no language; `expected` are those there are."""
    UNREAD = "unread"
    """`said` is nothing that this command takes; `expected` are examples of what it does."""
    WEEKS = "weeks"
    """`said` is no number of weeks."""
    DIMENSION = "dimension"
    """`said` is nothing that numbers are split by; `expected` is all there is."""
    ONE_SLICE = "one_slice"
    """More than one slice was asked for at once."""
    WINS = "wins"
    """`said` is no number of customers above zero."""
    PERIOD = "period"
    """`said` is no period that customers are counted in; `expected` are those there are."""
    CERTAINTY = "certainty"
    """`said` is no certainty from 50 to 99."""
    POINTS = "points"
    """`said` does not say by how many points of a hundred a step would change."""
    TARGET_WHAT_IF = "target_what_if"
    """A target was to be set on conversions that are only supposed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was understood of a command that is not clear yet, to fill a dialog or a menu with.

    `said` is the part taken for the name, `values` the keys as typed (those not read into a field of
    their own: source, person and so on).
    """

    verb: Verb
    prospect: KnownProspect | None = None
    prospects: tuple[KnownProspect, ...] = ()
    said: str = ""
    outcome: str = ""
    reason: str = ""
    day: date | None = None
    what: str = ""
    note: str = ""
    minutes: int | None = None
    member: MemberSaid | None = None
    values: Mapping[Key, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clear(Generic[Command_co]):
    """Only one reading is possible."""

    command: Command_co


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something is missing or has more than one reading: ask, with the draft filled in; change nothing."""

    question: Question
    draft: Draft


@dataclass(frozen=True, slots=True)
class Wrong:
    """Nothing can be done with it; one sentence says why (see `Mistake` for what the fields hold)."""

    mistake: Mistake
    said: str = ""
    expected: tuple[str, ...] = ()
    prospects: tuple[KnownProspect, ...] = ()
    day: date | None = None


Reading = Clear[Command_co] | Unclear | Wrong


def key_mistake(arguments: Arguments, known: frozenset[Key]) -> Wrong | None:
    """What is wrong with the keys of a command that knows these."""
    if arguments.unknown:
        said = arguments.unknown[0]
        aliases = closest_words(said, (alias for alias, key in ALIASES.items() if key in known), len(ALIASES))
        expected = dict.fromkeys(ALIASES[alias].value for alias in aliases)
        return Wrong(Mistake.UNKNOWN_KEY, said, tuple(expected))
    if arguments.twice:
        return Wrong(Mistake.KEY_TWICE, arguments.twice[0])
    for key, value in arguments.values.items():
        # A mention that was said as `rep:@ann` has been taken out of the value.
        if not value and not (key is Key.REP and arguments.members):
            return Wrong(Mistake.KEY_EMPTY, key.value)
    return None
