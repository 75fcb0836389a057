"""Reading `/script`, `/playbook` and `/nextstep`."""

from collections.abc import Callable
from typing import Final

from bot.grammar.aliases import Aliases
from bot.grammar.arguments import Key, split_arguments, unescape
from bot.grammar.commands import (
    CheckPlaybook,
    ErasePerson,
    ListPlaybooks,
    NextstepCommand,
    PlaybookCommand,
    PlaybookHistory,
    ScriptCommand,
    ScriptMenu,
    ScriptOfProspect,
    ScriptOfStep,
    SetLanguage,
    ShowHealth,
    ShowHelp,
    ShowPlaybook,
    ShowSettings,
    Verb,
)
from bot.grammar.naming import about
from bot.grammar.quotes import without_quotes
from bot.grammar.readings import Clear, Context, Draft, Mistake, Question, Reading, Unclear, Wrong, key_mistake
from bot.grammar.values import read_step
from playbooks.names import KnownProspect

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
        **dict.fromkeys(("settings", "instellingen"), "settings"),
        **dict.fromkeys(("health", "gezondheid"), "health"),
        **dict.fromkeys(("erase", "wis", "wissen"), "erase"),
    }
)
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
    """`/nextstep help | settings | settings language nl | health | erase PERSON`; alone it helps."""
    said = _NEXTSTEP.read(text)
    if said is None:
        if not text.strip():
            return Clear(ShowHelp())
        return Wrong(Mistake.UNKNOWN_COMMAND, unescape(text).split()[0], _NEXTSTEP.closest(text))
    command, rest = said
    match command:
        case "settings":
            return _settings(rest)
        case "health":
            return Clear(ShowHealth())
        case "erase":
            return Clear(ErasePerson(without_quotes(unescape(rest))))
    return Clear(ShowHelp())


def _settings(text: str) -> Reading[NextstepCommand]:
    if not text:
        return Clear(ShowSettings())
    said = _LANGUAGE.read(text)
    language = _LANGUAGES.read(said[1] if said else text)
    if language is None or language[1]:
        return Wrong(Mistake.LANGUAGE, unescape(said[1] if said else text), expected=("en", "nl", "slack"))
    return Clear(SetLanguage(language[0]))
