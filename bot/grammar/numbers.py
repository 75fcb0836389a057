"""Reading `/funnel`, `/plan` and `/forecast`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.grammar.aliases import Aliases
from bot.grammar.arguments import Arguments, Key, MemberSaid, split_arguments, unescape
from bot.grammar.characters import typed_characters
from bot.grammar.commands import ShowHelp
from bot.grammar.number_commands import (
    AskPlan,
    ForecastCommand,
    FunnelCommand,
    Pace,
    PlanCommand,
    SetPlan,
    ShowForecast,
    ShowFunnel,
    ShowPlan,
)
from bot.grammar.paces import NoPace, read_pace
from bot.grammar.prospect_lists import rep_said
from bot.grammar.quotes import without_quotes
from bot.grammar.readings import Clear, Mistake, Reading, Wrong, key_mistake
from playbooks.funnel.histogram import Dimension

_FUNNEL_KEYS: Final = frozenset({Key.WEEKS, Key.BY, Key.SOURCE, Key.REP, Key.PLAYBOOK})
_PLAN_KEYS: Final = frozenset({Key.CERTAINTY, Key.PLAYBOOK})
_FORECAST_KEYS: Final = frozenset({Key.PLAYBOOK})

_HELP: Final = Aliases.of(dict.fromkeys(("help", "hulp", "?"), "help"))
_SET: Final = Aliases.of(dict.fromkeys(("set", "zet", "stel in", "target", "doel"), "set"))
_ALL: Final = Aliases.of(dict.fromkeys(("all", "all weeks", "alles", "alle weken"), True))
_MINE: Final = Aliases.of(dict.fromkeys(("me", "mine", "mij", "van mij"), MemberSaid(name="me")))
_DIMENSIONS: Final = Aliases.of(
    {
        **dict.fromkeys(("rep", "reps", "verkoper", "verkopers"), Dimension.REP),
        **dict.fromkeys(("source", "sources", "bron", "bronnen"), Dimension.SOURCE),
        **dict.fromkeys(("variant", "variants", "varianten", "script", "scripts"), Dimension.VARIANT),
    }
)
_SAID_OF_FUNNEL: Final = ("weeks:13", "source:fair", "by:rep")
_SAID_OF_PLAN: Final = ("10 per week", "40 per month")

_WEEKS: Final = re.compile(r"(?P<weeks>[0-9]{1,4}) ?(?:weeks?|weken|w)?(?=\s|$)", re.IGNORECASE)
_BY: Final = re.compile(r"(?:by|per|naar)\s+(?P<what>.*)", re.IGNORECASE | re.DOTALL)
_CERTAINTY: Final = re.compile(r"(?P<number>[0-9]{1,3}(?:[.,][0-9]{1,3})?) ?%?")
_WHAT_IF: Final = re.compile(
    r"(?<!\S)(?P<step>(?:step|stap)[ -]?[0-9]{1,2}) ?: ?(?P<points>[^\s:]*(?: ?(?:points?|punten|punt|%)(?!\S))?)",
    re.IGNORECASE,
)
_POINTS: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<number>[0-9]{1,3}(?:[.,][0-9])?) ?(?:%|points?|punten|punt)?", re.IGNORECASE
)
# Keyboards make these of a minus.
_DASHES: Final = str.maketrans({"−": "-", "–": "-"})
_MOST_POINTS: Final = 100.0
_PERCENT: Final = 100.0


def read_funnel(text: str) -> Reading[FunnelCommand]:
    """`/funnel weeks:26 source:fair`, `@ann`, `by:rep`, in any order; alone it is the last 13 weeks."""
    arguments = split_arguments(text, _FUNNEL_KEYS, with_members=True)
    wrong = key_mistake(arguments, _FUNNEL_KEYS)
    if wrong:
        return wrong
    if _HELP.read(arguments.text):
        return Clear(ShowHelp())
    rep = rep_said(arguments)
    if isinstance(rep, Wrong):
        return rep
    asked = ShowFunnel(source=arguments.value(Key.SOURCE), rep=rep, playbook=arguments.value(Key.PLAYBOOK))
    keys = _with_funnel_keys(asked, arguments)
    read = keys if isinstance(keys, Wrong) else _with_funnel_words(*keys)
    if isinstance(read, Wrong):
        return read
    if sum(map(bool, (read.by, read.source, read.rep))) > 1:
        return Wrong(Mistake.ONE_SLICE, unescape(text).strip())
    return Clear(read)


def read_plan(text: str) -> Reading[PlanCommand]:
    """`/plan 10 per week certainty:80 step3:+5`, `set 10 per week`; alone it is the plan for the target."""
    text = typed_characters(text).translate(_DASHES)
    arguments = split_arguments(_WHAT_IF.sub(" ", text), _PLAN_KEYS)
    if _HELP.read(arguments.text):
        return Clear(ShowHelp())
    plan = _plan_of_keys(text, arguments)
    if isinstance(plan, Wrong):
        return plan
    setting = _SET.read(arguments.text)
    if setting and plan.what_if:
        return Wrong(Mistake.TARGET_WHAT_IF, unescape(text).strip())
    said = setting[1] if setting else arguments.text
    if said:
        return _planned(said, plan, setting=bool(setting))
    return Clear(AskPlan(None, plan.certainty, plan.playbook, setting=True) if setting else plan)


def read_forecast(text: str) -> Reading[ForecastCommand]:
    """`/forecast`, or of a playbook, with or without its key."""
    arguments = split_arguments(text, _FORECAST_KEYS)
    wrong = key_mistake(arguments, _FORECAST_KEYS)
    if wrong:
        return wrong
    if _HELP.read(arguments.text):
        return Clear(ShowHelp())
    return Clear(ShowForecast(arguments.value(Key.PLAYBOOK) or without_quotes(arguments.text)))


def read_certainty(text: str) -> float | Wrong:
    """A share from `80`, `80%` or `0.8`."""
    match = _CERTAINTY.fullmatch(text.strip())
    if match is None:
        return Wrong(Mistake.CERTAINTY, text)
    number = float(match["number"].replace(",", "."))
    return number if 0 < number < 1 else number / _PERCENT


def _plan_of_keys(text: str, arguments: Arguments) -> ShowPlan | Wrong:
    """All of the plan but how many in which period."""
    wrong = key_mistake(arguments, _PLAN_KEYS)
    if wrong:
        return wrong
    what_if, certainty = _what_if(text), _certainty(arguments)
    if isinstance(what_if, Wrong):
        return what_if
    if isinstance(certainty, Wrong):
        return certainty
    return ShowPlan(None, certainty, what_if, arguments.value(Key.PLAYBOOK))


def _planned(said: str, plan: ShowPlan, *, setting: bool) -> Reading[PlanCommand]:
    """The plan with what was said of how many; a number without its period asks for it."""
    pace = read_pace(said)
    match pace:
        case Pace():
            set_plan = SetPlan(pace, plan.certainty, plan.playbook)
            return Clear(set_plan if setting else replace(plan, pace=pace))
        case NoPace(wins=wins) if wins is not None:
            return Clear(AskPlan(wins, plan.certainty, plan.playbook, setting=setting))
        case NoPace():
            return Wrong(Mistake.UNREAD, said, expected=_SAID_OF_PLAN)
        case Wrong():
            return pace


def _with_funnel_keys(asked: ShowFunnel, arguments: Arguments) -> tuple[ShowFunnel, str] | Wrong:
    """With what the keys say, and the words left over: those before the keys, and those behind their values."""
    rest = [arguments.text]
    if Key.WEEKS in arguments.values:
        said = arguments.value(Key.WEEKS)
        weeks, every = _WEEKS.match(said), _ALL.read(said)
        if weeks is None and every is None:
            return Wrong(Mistake.WEEKS, said)
        asked = replace(asked, weeks=int(weeks["weeks"]) if weeks else None)
        rest.append(said[weeks.end() :] if weeks else every[1] if every else "")
    if Key.BY in arguments.values:
        by = _DIMENSIONS.read(arguments.value(Key.BY))
        if by is None:
            return Wrong(Mistake.DIMENSION, arguments.value(Key.BY), expected=tuple(Dimension))
        asked = replace(asked, by=by[0])
        rest.append(by[1])
    return asked, " ".join(" ".join(rest).split())


def _with_funnel_words(asked: ShowFunnel, text: str) -> ShowFunnel | Wrong:
    """What is said without a key: `26 weeks`, `all`, `by source`, `me`."""
    while text:
        weeks, every, mine, by = _WEEKS.match(text), _ALL.read(text), _MINE.read(text), _BY.match(text)
        dimension = _DIMENSIONS.read(by["what"]) if by else None
        if weeks:
            asked, text = replace(asked, weeks=int(weeks["weeks"])), text[weeks.end() :].strip()
        elif every:
            asked, text = replace(asked, weeks=None), every[1]
        elif mine and asked.rep is None:
            asked, text = replace(asked, rep=mine[0]), mine[1]
        elif dimension and asked.by is None:
            asked, text = replace(asked, by=dimension[0]), dimension[1]
        else:
            return Wrong(Mistake.UNREAD, text, expected=_SAID_OF_FUNNEL)
    return asked


def _certainty(arguments: Arguments) -> float | Wrong | None:
    return read_certainty(arguments.value(Key.CERTAINTY)) if Key.CERTAINTY in arguments.values else None


def _what_if(text: str) -> dict[int, float] | Wrong:
    """Points by the number of the step: `step3:+5`."""
    found: dict[int, float] = {}
    for match in _WHAT_IF.finditer(text):
        step = int(re.sub(r"\D", "", match["step"]))
        points = _POINTS.fullmatch(match["points"])
        if not step:
            return Wrong(Mistake.STEP, match["step"])
        if step in found:
            return Wrong(Mistake.KEY_TWICE, match["step"])
        if points is None or float(points["number"].replace(",", ".")) > _MOST_POINTS:
            return Wrong(Mistake.POINTS, match.group().strip())
        found[step] = float(points["sign"] + points["number"].replace(",", "."))
    return found
