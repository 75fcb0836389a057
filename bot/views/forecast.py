"""`/forecast`: how many will be won, between what and what, and how earlier forecasts did."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Final

from bot.usecases.see_forecast import ForecastSeen, Scored
from bot.views import figures, kit, whole_funnel
from bot.views.backward_plan import missing_steps
from bot.views.ids import Action
from bot.views.limits import BlockMode
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.number_slips import ChartSlip, ForecastSlip, FunnelSlip, Picture, PlanSlip, Topic, WhySlip
from bot.views.reader import Reader
from playbooks.funnel.forecast import Forecast
from playbooks.funnel.scoring import Scores
from playbooks.numbers import Target

_MOST_EARLIER: Final = 8
_HARDLY: Final = 0.05
_ALMOST: Final = 0.95
_NO_BIAS: Final = 0.1
_ROUNDING: Final = 1e-9


def message(seen: ForecastSeen, slip: ForecastSlip, reader: Reader) -> Message:
    """The weeks to come, the target against them, and then what earlier forecasts were worth."""
    words = reader.words
    title = words.gettext("{playbook}: the forecast", playbook=seen.playbook.name)
    if seen.made is None:
        said = missing_steps([step.number for step in seen.missing], reader)
        return kit.message(f"{title}: {said}", kit.header(title), kit.section(said))
    ahead = [_ahead(made, reader) for made in seen.made]
    more = [*_target(seen, seen.made[-1], reader), *whole_funnel.assumed(seen.funnel, reader)]
    earlier = [*_earlier(seen, reader)]
    why = kit.button(
        words.gettext("Why?"), Action.WHY, WhySlip(topic=Topic.FORECAST, funnel=FunnelSlip(playbook=slip.playbook))
    )
    return kit.message(
        kit.joined([title, *ahead, *more, *earlier]),
        kit.header(title),
        kit.section(kit.joined([*map(_bold, ahead), *more]), accessory=why),
        kit.divider(),
        kit.section("\n".join(earlier)),
        *(_one_by_one(seen, reader) if seen.earlier else []),
        kit.context(" ".join([_made_from(seen, reader), _how_to_read(reader)])),
        kit.actions(*_ways_on(slip, reader)),
    )


def spoken(made: Forecast, reader: Reader) -> str:
    """`The next 4 weeks: some 6 new customers, between 3 and 9.`"""
    return _ahead(made, reader)


def held(scores: Scores, weeks: int, reader: Reader) -> str:
    """`Over 4 weeks: 9 of the last 11 held; on average 0.4 too high.`"""
    words = reader.words
    said = words.ngettext(
        "{weeks}: {held} of {n} held",
        "{weeks}: {held} of {n} held",
        scores.count,
        weeks=_span(weeks, reader),
        held=words.number(round(scores.inside * scores.count)),
        n=words.number(scores.count),
    )
    return f"{said}; {_bias(scores.bias, reader)}."


def against_target(chance: float, target: Target, weeks: int, reader: Reader) -> str:
    """`Your target, 10 a week, is 130 in 13 weeks: as things go, that is reached 3 of 10 times.`"""
    words = reader.words
    return words.gettext(
        "Your target, {wins} a week, is {all} in {weeks} weeks: as things go, {often}.",
        wins=figures.about(target.wins, reader),
        all=figures.about(target.wins * weeks, reader),
        weeks=words.number(weeks),
        often=_reached(chance, reader),
    )


def _ahead(made: Forecast, reader: Reader) -> str:
    words = reader.words
    low, high = made.wins.range()
    mean, never = made.wins.mean, made.if_unresolved_never_win.mean
    count = 1 if figures.some(mean, reader) == "1" else 2
    values = {"when": _next(made.weeks, reader), "n": figures.some(mean, reader), "low": words.number(low)}
    if not high:
        said = words.gettext("{when}: most likely no new customers yet", when=values["when"])
    elif low == high:
        said = words.ngettext("{when}: some {n} new customer", "{when}: some {n} new customers", count, **values)
    else:
        said = words.ngettext(
            "{when}: some {n} new customer, between {low} and {high}",
            "{when}: some {n} new customers, between {low} and {high}",
            count,
            **values,
            high=words.number(high),
        )
    if round(mean) != round(never):
        other = words.gettext("some {n} if those who stay undecided never buy", n=figures.some(never, reader))
        said = f"{said} ({other})"
    return f"{said}."


def _bold(line: str) -> kit.Mrkdwn:
    when, _, rest = line.partition(": ")
    return md("*{when}*: {rest}", when=when, rest=rest)


def _next(weeks: int, reader: Reader) -> str:
    words = reader.words
    return words.ngettext("The next week", "The next {n} weeks", weeks, n=words.number(weeks))


def _span(weeks: int, reader: Reader) -> str:
    words = reader.words
    return words.ngettext("Over 1 week", "Over {n} weeks", weeks, n=words.number(weeks))


def _target(seen: ForecastSeen, longest: Forecast, reader: Reader) -> list[str]:
    if seen.target is None:
        return []
    wanted = ceil(seen.target.wins * longest.weeks - _ROUNDING)
    return [against_target(longest.wins.at_least(wanted), seen.target, longest.weeks, reader)]


def _reached(chance: float, reader: Reader) -> str:
    words = reader.words
    if chance < _HARDLY:
        return words.gettext("that is hardly ever reached")
    if chance > _ALMOST:
        return words.gettext("that is almost always reached")
    return words.gettext("that is reached {often}", often=figures.often(round(chance, 1), reader))


# What earlier ones were worth.


def _earlier(seen: ForecastSeen, reader: Reader) -> Iterable[str]:
    words = reader.words
    if seen.scores:
        yield words.gettext("How earlier forecasts did, of which 8 of 10 should hold:")
        for weeks, scores in sorted(seen.scores.items()):
            yield held(scores, weeks, reader)
    elif seen.scoring_from is None:
        yield words.gettext(
            "Each Monday's forecast is kept. From 13 weeks after the first decision on, it is held against what "
            "happened."
        )
    elif seen.scoring_from > seen.as_of:
        yield words.gettext(
            "Each Monday's forecast is kept. From {day} on, it is held against what happened.",
            day=reader.day(seen.scoring_from),
        )
    else:
        yield words.gettext(
            "Each Monday's forecast is kept, and held against what happened once its weeks are over."
        )


def _bias(bias: float, reader: Reader) -> str:
    words = reader.words
    if abs(bias) < _NO_BIAS:
        return words.gettext("on average neither too high nor too low")
    size = words.number(round(abs(bias), 1))
    if bias > 0:
        return words.gettext("on average {n} too high", n=size)
    return words.gettext("on average {n} too low", n=size)


def _one_by_one(seen: ForecastSeen, reader: Reader) -> list[Block]:
    """The last ones in a table; a line each where a client draws none."""
    if reader.blocks is BlockMode.FULL:
        return [_table(seen, reader)]
    words = reader.words
    held, missed = words.gettext("held"), words.gettext("missed")
    lines = [
        words.gettext(
            "• {weeks} from {day}: said {low} to {high}, became {outcome}: {held}",
            weeks=words.ngettext("{n} week", "{n} weeks", each.weeks, n=words.number(each.weeks)),
            day=reader.day(each.made_on),
            low=words.number(each.low),
            high=words.number(each.high),
            outcome=words.number(each.outcome),
            held=held if each.inside else missed,
        )
        for each in seen.earlier[:_MOST_EARLIER]
    ]
    return kit.sections(kit.joined(lines))


def _table(seen: ForecastSeen, reader: Reader) -> Block:
    words = reader.words
    header = [
        words.gettext("Made on"),
        words.gettext("Weeks"),
        words.gettext("Said"),
        words.gettext("Became"),
        words.gettext("Held"),
    ]
    rows = [
        [
            reader.day(each.made_on),
            words.number(each.weeks),
            _range(each, reader),
            words.number(each.outcome),
            words.gettext("yes") if each.inside else words.gettext("no"),
        ]
        for each in seen.earlier[:_MOST_EARLIER]
    ]
    return kit.table(reader.blocks, header, rows, align=("left", "right", "right", "right", "left"))


def _range(each: Scored, reader: Reader) -> str:
    number = reader.words.number
    return f"{number(each.low)}–{number(each.high)}" if each.low != each.high else number(each.low)


def _made_from(seen: ForecastSeen, reader: Reader) -> str:
    words = reader.words
    return words.ngettext(
        "Made from {n} open prospect as of {day}, and from what comes in.",
        "Made from {n} open prospects as of {day}, and from what comes in.",
        seen.open,
        n=words.number(seen.open),
        day=reader.day(seen.as_of),
    )


def _how_to_read(reader: Reader) -> str:
    return reader.words.gettext("“Between”: 8 of 10 times it ends up there.")


def _ways_on(slip: ForecastSlip, reader: Reader) -> list[kit.Element]:
    gettext = reader.words.gettext
    funnel = FunnelSlip(playbook=slip.playbook)
    return [
        kit.button(gettext("Chart"), Action.CHART, ChartSlip(picture=Picture.FORECAST, funnel=funnel)),
        kit.button(gettext("Funnel"), Action.FUNNEL, funnel),
        kit.button(gettext("Plan"), Action.SHOW_PLAN, PlanSlip(playbook=slip.playbook)),
    ]
