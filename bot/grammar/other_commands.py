"""Reading `/script`, `/playbook` and `/nextstep`."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.grammar.aliases import Aliases
from bot.grammar.arguments import Key, MemberSaid, split_arguments, unescape
from bot.grammar.characters import typed_characters
from bot.grammar.commands import (
    CheckPlaybook,
    ErasePerson,
    ListPlaybooks,
    NextstepCommand,
    Pause,
    PlaybookCommand,
    PlaybookHistory,
    Resume,
    ScriptCommand,
    ScriptMenu,
    ScriptOfProspect,
    ScriptOfStep,
    SetLanguage,
    SetRole,
    ShowHealth,
    ShowHelp,
    ShowPlaybook,
    ShowRoles,
    ShowSettings,
    ShowTeamSettings,
    TakeDaysOff,
    Verb,
)
from bot.grammar.naming import about
from bot.grammar.quotes import without_quotes
from bot.grammar.readings import Clear, Context, Draft, Mistake, Question, Reading, Unclear, Wrong, key_mistake
from bot.grammar.values import read_step
from playbooks.names import KnownProspect
from playbooks.team import Role

_SCRIPT_KEYS: Final = frozenset({Key.PLAYBOOK})

_PLAYBOOK: Final[Aliases[Callable[[str], PlaybookCommand]]] = Aliases.of(
    {
        **dict.fromkeys(("show", "toon"), ShowPlaybook),
        **dict.fromkeys(("check", "controleer"), CheckPlaybook),
        **dict.fromkeys(("history", "geschiedenis", "versies"), PlaybookHistory),
    }
)
_HELP: Final = Aliases.of(dict.fromkeys(("help", "hulp", "?"), "help"))
_NEXTSTEP: Final = Aliases.of(
    {
        **dict.fromkeys(("help", "hulp", "?"), "help"),
        **dict.fromkeys(("settings", "instellingen", "language", "taal"), "settings"),
        **dict.fromkeys(("roles", "role", "rollen", "rol"), "roles"),
        **dict.fromkeys(("off", "days off", "vrij", "vrije dagen"), "off"),
        **dict.fromkeys(("pause", "pauze", "pauzeer"), "pause"),
        **dict.fromkeys(("resume", "hervat"), "resume"),
        **dict.fromkeys(("health", "gezondheid"), "health"),
        **dict.fromkeys(("erase", "wis", "wissen"), "erase"),
    }
)
_ROLES: Final = Aliases.of(
    {
        **dict.fromkeys(("rep", "verkoper"), Role.REP),
        **dict.fromkeys(("manager", "leidinggevende"), Role.MANAGER),
        **dict.fromkeys(("marketing",), Role.MARKETING),
        **dict.fromkeys(("admin", "beheerder"), Role.ADMIN),
    }
)
_TEAM: Final = Aliases.of(dict.fromkeys(("team",), "team"))
_ENDS_PAUSE: Final = Aliases.of(dict.fromkeys(("off", "none", "stop", "end", "uit", "geen", "voorbij"), "end"))
_LANGUAGE: Final = Aliases.of(dict.fromkeys(("language", "taal"), "language"))
_LANGUAGES: Final = Aliases.of(
    {
        **dict.fromkeys(("nl", "nederlands", "dutch"), "nl"),
        **dict.fromkeys(("en", "engels", "english"), "en"),
        **dict.fromkeys(("slack", "auto"), ""),
    }
)


def read_script(text: str, context: Context) -> Reading[ScriptCommand]:
    """`/script step3`, or a prospect; a prospect that is called like a step is said in quotes."""
    arguments = split_arguments(text, _SCRIPT_KEYS)
    wrong = key_mistake(arguments, _SCRIPT_KEYS)
    if wrong:
        return wrong
    if not arguments.text:
        return Clear(ScriptMenu())
    step = read_step(arguments.text)
    if step:
        return Clear(ScriptOfStep(step, arguments.value(Key.PLAYBOOK)))

    def complete(prospect: KnownProspect, rest: str) -> Reading[ScriptCommand]:
        if not rest or prospect.id == context.chosen:
            return Clear(ScriptOfProspect(prospect))
        draft = Draft(Verb.SCRIPT, prospects=(prospect,), said=arguments.text)
        return Unclear(Question.WHICH_PROSPECT, draft)

    return about(Verb.SCRIPT, arguments, context, complete)


def read_playbook(text: str) -> Reading[PlaybookCommand]:
    """`/playbook`, `show NAME`, `check NAME`, `history NAME`; a name alone is shown."""
    if not text.strip():
        return Clear(ListPlaybooks())
    if _HELP.read(text):
        return Clear(ShowHelp())
    said = _PLAYBOOK.read(text)
    command, rest = said or (ShowPlaybook, text)
    return Clear(command(without_quotes(unescape(rest))))


def read_nextstep(text: str) -> Reading[NextstepCommand]:
    """`/nextstep help | settings | settings language nl | settings team | off 24 dec - 2 jan | pause until friday`
    or `resume | roles | roles @ann manager | health | erase PERSON`; alone it helps.
    """
    text = typed_characters(text).strip()
    said = _NEXTSTEP.read(text)
    if said is None:
        if not text:
            return Clear(ShowHelp())
        return Wrong(Mistake.UNKNOWN_COMMAND, unescape(text).split()[0], _NEXTSTEP.closest(text))
    command, rest = said
    return _NEXTSTEP_READERS[command](rest)


def _help(_: str) -> Reading[NextstepCommand]:
    return Clear(ShowHelp())


def _health(_: str) -> Reading[NextstepCommand]:
    return Clear(ShowHealth())


def _erase(text: str) -> Reading[NextstepCommand]:
    return Clear(ErasePerson(without_quotes(unescape(text))))


def _settings(text: str) -> Reading[NextstepCommand]:
    if not text:
        return Clear(ShowSettings())
    if _TEAM.read(text) == ("team", ""):
        return Clear(ShowTeamSettings())
    said = _LANGUAGE.read(text)
    language = _LANGUAGES.read(said[1] if said else text)
    if language is None or language[1]:
        return Wrong(Mistake.LANGUAGE, unescape(said[1] if said else text), expected=("en", "nl", "slack"))
    return Clear(SetLanguage(language[0]))


def _off(text: str) -> Reading[NextstepCommand]:
    """Nothing said: the dialog shows the days off there are."""
    return Clear(TakeDaysOff(unescape(text)) if text else ShowSettings())


def _pause(text: str) -> Reading[NextstepCommand]:
    if not text:
        return Clear(ShowSettings())
    return Clear(Resume() if _ENDS_PAUSE.read(text) == ("end", "") else Pause(unescape(text)))


def _resume(_: str) -> Reading[NextstepCommand]:
    return Clear(Resume())


def _roles(text: str) -> Reading[NextstepCommand]:
    """A member, mentioned or by name, and then the role."""
    if not text:
        return Clear(ShowRoles())
    said = split_arguments(text, frozenset(), with_members=True)
    before, _, last = said.text.rpartition(" ")
    role = _ROLES.read(last)
    name = before.strip()
    if role is None or len(said.members) > 1 or bool(said.members) == bool(name):
        return Wrong(Mistake.ROLE, unescape(text), expected=tuple(Role))
    return Clear(SetRole(said.members[0] if said.members else MemberSaid(name=without_quotes(name)), role[0]))


_NEXTSTEP_READERS: Final[Mapping[str, Callable[[str], Reading[NextstepCommand]]]] = {
    "help": _help,
    "settings": _settings,
    "off": _off,
    "pause": _pause,
    "resume": _resume,
    "roles": _roles,
    "health": _health,
    "erase": _erase,
}
