"""Reading `/prospect`: which subcommand, and then the subcommand's own reader."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.grammar import about_prospects, prospect_lists
from bot.grammar.aliases import Aliases
from bot.grammar.arguments import Arguments, Key, split_arguments, unescape
from bot.grammar.commands import ShowDesk, ShowHelp, ShowProspect, Verb
from bot.grammar.names import FoundName, NoName, SeveralNames, read_name
from bot.grammar.naming import ProspectReading, with_choice
from bot.grammar.readings import Clear, Context, Draft, Mistake, Question, Unclear, Wrong, key_mistake
from playbooks.names import KnownProspect, name_key

Reader = Callable[[Arguments, Context], ProspectReading]

VERBS: Final[Mapping[Verb, tuple[str, ...]]] = {
    Verb.ADD: ("add", "new", "nieuw", "toevoegen", "voeg toe"),
    Verb.ADVANCE: ("advance", "vooruit", "verder"),
    Verb.LOG: ("log", "contact", "noteer"),
    Verb.NEXT: ("next", "volgende", "actie"),
    Verb.LOST: ("lost", "lose", "verloren", "kwijt"),
    Verb.NOT_NOW: ("not-now", "notnow", "later", "niet-nu", "nietnu"),
    Verb.WAIT: ("wait", "wacht", "wachten"),
    Verb.DECIDE: ("decide", "besluit", "beslis"),
    Verb.SHOW: ("show", "toon", "bekijk"),
    Verb.LIST: ("list", "lijst"),
    Verb.ASSIGN: ("assign", "overdragen", "toewijzen"),
    Verb.UNDO: ("undo", "ongedaan", "ongedaan maken"),
    Verb.HELP: ("help", "hulp", "?"),
}
"""What members type for each subcommand, the English name first, then Dutch."""

_VERB_ALIASES: Final[Aliases[Verb]] = Aliases.of(
    {alias: verb for verb, aliases in VERBS.items() for alias in aliases}
)

_TRIED: Final[Aliases[Verb]] = Aliases.of(
    {
        **dict.fromkeys(("won", "win", "gewonnen", "skip"), Verb.ADVANCE),
        **dict.fromkeys(("delete", "close", "verwijder", "sluit"), Verb.LOST),
    }
)
"""No commands, but what people try: the answer names the one that does it."""

_READERS: Final[Mapping[Verb, tuple[Reader, frozenset[Key], bool]]] = {
    Verb.ADD: (
        prospect_lists.read_add,
        frozenset(
            {Key.SOURCE, Key.PERSON, Key.PHONE, Key.EMAIL, Key.VALUE, Key.PLAYBOOK, Key.REP, Key.NEXT, Key.NOTE}
        ),
        True,
    ),
    Verb.ADVANCE: (about_prospects.read_advance, frozenset({Key.NEXT, Key.NOTE}), False),
    Verb.LOG: (
        about_prospects.read_log,
        frozenset({Key.NEXT, Key.MINUTES, Key.SCRIPT, Key.NOTE}),
        False,
    ),
    Verb.NEXT: (about_prospects.read_next_action, frozenset(), False),
    Verb.LOST: (about_prospects.read_lost, frozenset({Key.REASON, Key.OTHER, Key.NOTE}), False),
    Verb.NOT_NOW: (about_prospects.read_not_now, frozenset({Key.NOTE, Key.REASON}), False),
    Verb.WAIT: (about_prospects.read_wait, frozenset({Key.NOTE, Key.REASON}), False),
    Verb.DECIDE: (about_prospects.read_decide, frozenset({Key.NOTE}), False),
    Verb.SHOW: (about_prospects.read_show, frozenset(), False),
    Verb.LIST: (prospect_lists.read_list, frozenset({Key.STEP, Key.REP, Key.SOURCE, Key.PLAYBOOK}), True),
    Verb.ASSIGN: (about_prospects.read_assign, frozenset({Key.NOTE}), True),
    Verb.UNDO: (about_prospects.read_undo, frozenset(), False),
}
"""Each subcommand's reader, the keys it knows, and whether a mention is a member it needs."""


def read_prospect(text: str, context: Context) -> ProspectReading:
    """Read what follows `/prospect`, as Slack sends it.

    A subcommand first, in English or Dutch; without one, a prospect's name alone shows that prospect.
    """
    if not text.strip():
        return Clear(ShowDesk())
    said = _VERB_ALIASES.read(text)
    if said is None:
        return _without_verb(text, context)
    verb, rest = said
    if verb is Verb.HELP:
        return Clear(ShowHelp())
    reader, keys, with_members = _READERS[verb]
    arguments = split_arguments(rest, keys, with_members=with_members)
    reading = key_mistake(arguments, keys) or reader(arguments, context)
    if isinstance(reading, Wrong) and reading.mistake is Mistake.UNKNOWN_PROSPECT:
        return _named_like_a_verb(text, context) or reading
    return reading


def after_verb(text: str) -> str:
    """What was typed after the subcommand."""
    said = _VERB_ALIASES.read(text)
    return said[1] if said else ""


def _named_like_a_verb(text: str, context: Context) -> ProspectReading | None:
    """A prospect called "Lost Boys", shown when there is none called "Boys" that could be lost."""
    key = name_key(unescape(text))
    known = context.prospects.by_keys([key])
    return Clear(ShowProspect(known[0])) if len(known) == 1 else None


def _without_verb(text: str, context: Context) -> ProspectReading:
    plain = unescape(text)
    reading = with_choice(read_name(plain, context.prospects), context.chosen)
    match reading:
        case FoundName(prospect=prospect, rest=""):
            return Clear(ShowProspect(prospect))
        case SeveralNames(prospects=prospects, said=said, rest=""):
            return Unclear(Question.WHICH_PROSPECT, Draft(Verb.SHOW, prospects=prospects, said=said))
        case FoundName(prospect=prospect, rest=rest):
            outcome = context.words.outcomes(prospect).read(rest)
            if outcome:
                draft = Draft(Verb.LOG, prospect, outcome=outcome[0], note=outcome[1])
                return Unclear(Question.CHECK, draft)
    return _unknown_command(plain, reading.closest if isinstance(reading, NoName) else ())


def _unknown_command(text: str, names: tuple[KnownProspect, ...]) -> Wrong:
    first = next(iter(text.split(maxsplit=1)), text)
    tried = _TRIED.read(text)
    verbs = (tried[0],) if tried else _VERB_ALIASES.closest(first)
    return Wrong(Mistake.UNKNOWN_COMMAND, first, tuple(verb.value for verb in verbs), names)
