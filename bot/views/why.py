"""*Why?* of a number: how many cases, how many undecided, which weeks, how far it looks, how it is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.usecases.make_plan import PlanSeen
from bot.usecases.see_forecast import ForecastSeen
from bot.usecases.see_funnel import FunnelSeen
from bot.views import figures, kit, whole_funnel
from bot.views.funnel_slices import name_of
from bot.views.ids import Callback
from bot.views.markup import md
from bot.views.message import Modal
from bot.views.reader import Reader
from playbooks.funnel.bottleneck import NAMED_FROM
from playbooks.funnel.conversion import FEWEST_EXITS, Conversion, TooFew
from playbooks.funnel.picture import Funnel, StepFigures
from playbooks.funnel.slices import Slice
from playbooks.funnel.windows import DEFAULT_WEEKS, Window

_UNRESOLVED_SHOWN: Final = 0.005
_MOST_SLICES: Final = 30


def of_step(seen: FunnelSeen, number: int, reader: Reader) -> Modal:
    """Why a step's conversion is what it is."""
    each = seen.funnel.steps[number - 1]
    head = md("*{step} {name}*", step=each.step.number, name=each.step.name)
    return _dialog([head, *_step(each, seen.funnel, reader)], reader)


def of_overall(seen: FunnelSeen, reader: Reader) -> Modal:
    """Why so many become customers."""
    words = reader.words
    lines: list[kit.Text] = [*whole_funnel.overall(seen.funnel, reader)]
    lines.append(
        words.gettext(
            "It is each step's share, one after the other: of who goes on in step 1, so many go on in step 2, and "
            "so on."
        )
    )
    lines += _of_all(seen.funnel, reader)
    found = seen.funnel.overall
    if found is not None and found.unresolved > _UNRESOLVED_SHOWN:
        lines.append(
            words.gettext(
                "{share} are still undecided as far as your numbers reach, and count as not bought.",
                share=figures.of_many(found.unresolved, reader),
            )
        )
    lines.append(_range_of(seen.funnel, reader))
    return _dialog(lines, reader)


def of_bottleneck(seen: FunnelSeen, reader: Reader) -> Modal:
    """Why this step is named, or none is."""
    words = reader.words
    lines: list[kit.Text] = [md("*{said}*", said=whole_funnel.bottleneck(seen.funnel, reader))]
    lines.append(
        words.gettext(
            "For each step: what would it bring in {weeks} weeks to reach its target (without one: what your best "
            "colleagues do)? That counts who came in there, and what the steps after it do.",
            weeks=words.number(DEFAULT_WEEKS),
        )
    )
    if gains := [_gain(each, reader) for each in seen.funnel.steps if each.gain is not None]:
        lines.append(kit.joined(gains))
    lines.append(
        words.gettext(
            "A step is named when it is the largest at least {often}. With fewer numbers, naming one would be a "
            "lottery.",
            often=figures.often(NAMED_FROM, reader),
        )
    )
    if extra := whole_funnel.one_point_better(seen.funnel, reader):
        lines.append(extra)
    return _dialog(lines, reader)


def of_plan(seen: PlanSeen, reader: Reader) -> Modal:
    """Why a plan takes so many prospects."""
    words, plan = reader.words, seen.plan
    lines: list[kit.Text] = []
    if plan is not None and plan.intake is not None:
        lines.append(
            words.gettext(
                "{n} new prospects a week is the smallest number that brings {wins} or more customers in {weeks} "
                "weeks, {often}, once so many have come in for long enough.",
                n=words.number(plan.intake),
                wins=figures.about(plan.wins * plan.weeks, reader),
                weeks=words.number(plan.weeks),
                often=figures.often(plan.certainty, reader),
            )
        )
        if plan.intake_any_week is not None:
            lines.append(
                words.gettext(
                    "One week alone varies more than {weeks} together, so it takes more to be as sure.",
                    weeks=words.number(plan.weeks),
                )
            )
    lines.append(
        words.gettext(
            "Chance counts, and so does how sure your numbers are: with few decisions behind them, the plan asks "
            "for more."
        )
    )
    lines += _of_all(seen.funnel, reader)
    lines.append(
        words.gettext(
            "Who stands in a step: those who come in, times the days they stay there. Contacts and minutes are "
            "those logged in the last {weeks} weeks.",
            weeks=words.number(DEFAULT_WEEKS),
        )
    )
    return _dialog(lines, reader)


def of_forecast(seen: ForecastSeen, reader: Reader) -> Modal:
    """Why so many are expected."""
    words = reader.words
    lines: list[kit.Text] = [
        words.ngettext(
            "It counts {n} open prospect, by the step it is in and how long it has been there, and those who will "
            "come in as they did in the last 8 weeks.",
            "It counts {n} open prospects, each by the step it is in and how long it has been there, and those "
            "who will come in as they did in the last 8 weeks.",
            seen.open,
            n=words.number(seen.open),
        ),
        words.gettext("How long somebody has been in a step counts: that is read from how it went before."),
        *_of_all(seen.funnel, reader),
        words.gettext("Each Monday's forecast is kept as it was made, and never changed afterwards."),
    ]
    return _dialog(lines, reader)


def of_slices(seen: FunnelSeen, reader: Reader) -> Modal:
    """Why a source, a colleague or a script has this share."""
    words = reader.words
    lines: list[kit.Text] = [
        words.gettext(
            "Each is held against the team on its own prospects and days: so many went on, and at the team's pace "
            "it would have been so many."
        ),
        words.gettext(
            "With few prospects of its own it stays close to the team: a few cases prove nothing. With many it "
            "shows what it is."
        ),
    ]
    for each in seen.funnel.steps:
        said = "; ".join(_sliced(key, one, seen, reader) for key, one in list(each.slices.items())[:_MOST_SLICES])
        if said:
            lines.append(md("*{step} {name}*: {said}", step=each.step.number, name=each.step.name, said=said))
    lines.append(_range_of(seen.funnel, reader))
    return _dialog(lines, reader)


def _dialog(lines: Sequence[kit.Text], reader: Reader) -> Modal:
    gettext = reader.words.gettext
    return kit.modal(
        Callback.ANSWER,
        gettext("Why this number?"),
        *kit.sections(kit.joined(lines, "\n\n")),
        close=gettext("Close"),
    )


# One step.


def _step(each: StepFigures, funnel: Funnel, reader: Reader) -> Iterable[kit.Text]:
    words, found = reader.words, each.found
    if isinstance(found, TooFew):
        yield figures.sentence(figures.too_few(found.tally, reader))
        yield words.gettext(
            "With fewer than {n} decisions a share would say more than you know, so there are only the counts.",
            n=words.number(FEWEST_EXITS),
        )
        if assumed := figures.assumption(each, reader):
            yield assumed
        return
    yield figures.sentence(figures.conversion(each, reader, funnel.certainty))
    yield _cases(each, funnel, reader)
    yield from _read_from(found, each, funnel, reader)
    yield from _reach(found, each, reader)
    yield _range_of(funnel, reader)
    if each.change is not None:
        said = figures.sentence(figures.changed(each.change, funnel.weeks, reader))
        yield " ".join([said, words.gettext("It is called clear only when chance alone would hardly do it.")])
    if gain := whole_funnel.gain(each, reader):
        yield gain


def _cases(each: StepFigures, funnel: Funnel, reader: Reader) -> str:
    """How many came in, and what became of them."""
    words, tally = reader.words, each.tally
    return words.ngettext(
        "{n} prospect came into this step in {weeks}: {advanced} went on, {closed} left, {open} undecided.",
        "{n} prospects came into this step in {weeks}: {advanced} went on, {closed} left, {open} undecided.",
        tally.entered,
        n=words.number(tally.entered),
        weeks=figures.period(funnel.weeks, reader),
        advanced=words.number(tally.advanced),
        closed=words.number(tally.closed),
        open=words.number(tally.open),
    )


def _read_from(found: Conversion, each: StepFigures, funnel: Funnel, reader: Reader) -> Iterable[str]:
    """Which weeks, how many decisions, and the one sentence on how it is computed."""
    words = reader.words
    if wider := figures.widened(each, funnel.weeks, reader):
        yield figures.sentence(wider)
    advanced, left = round(float(found.risk.advances.sum())), round(float(found.risk.others.sum()))
    yield words.gettext(
        "The share is read from {decisions} decisions ({advanced} went on, {left} left), {dates}: for each day "
        "after coming in, how many of those still here went on that day. So who is undecided counts for the days "
        "they were here, and is neither lost nor left out.",
        decisions=words.number(advanced + left),
        advanced=words.number(advanced),
        left=words.number(left),
        dates=_dates(found.window, reader),
    )


def _reach(found: Conversion, each: StepFigures, reader: Reader) -> Iterable[str]:
    """How far it looks, and who is left then."""
    words = reader.words
    if found.horizon < each.step.limit:
        yield words.gettext(
            "It looks {days} ahead: after that, fewer than 10 prospects were still here to learn from.",
            days=words.days(found.horizon),
        )
    else:
        yield words.gettext(
            "It looks {days} ahead: that is when this step closes at the latest.", days=words.days(found.horizon)
        )
    if found.unresolved > _UNRESOLVED_SHOWN:
        yield words.gettext("{share} were still undecided then.", share=figures.of_many(found.unresolved, reader))


def _range_of(funnel: Funnel, reader: Reader) -> str:
    return reader.words.gettext(
        "“Between”: with as many cases as these, the true number lies there {often}. More cases make it narrower.",
        often=figures.often(funnel.certainty, reader),
    )


def _dates(within: Window, reader: Reader) -> str:
    if within.weeks is None:
        return reader.words.gettext("all weeks until {last}", last=reader.day(within.last))
    return reader.words.gettext(
        "from {first} to {last}", first=reader.day(within.first), last=reader.day(within.last)
    )


# All steps in short.


def _of_all(funnel: Funnel, reader: Reader) -> list[kit.Text]:
    """The steps in a list, and what is assumed among them."""
    return [kit.joined([_of_each(each, reader) for each in funnel.steps]), *whole_funnel.assumed(funnel, reader)]


def _of_each(each: StepFigures, reader: Reader) -> kit.Text:
    """`• 2 Demo: 31 of 100 within 20 days, from 93 decisions by then in the last 26 weeks`, or what is assumed."""
    words = reader.words
    found = each.found
    if isinstance(found, Conversion):
        said = words.gettext(
            "{share} {days}, from {n} decisions by then in {weeks}",
            share=figures.of_many(found.curve.conversion, reader),
            days=figures.within(found, reader),
            n=words.number(round(float(found.risk.exits.sum()))),
            weeks=figures.period(found.window.weeks, reader),
        )
    else:
        said = " ".join(filter(None, [f"{figures.too_few(found.tally, reader)}.", figures.expected(each, reader)]))
    return md("• {step} {name}: {said}", step=each.step.number, name=each.step.name, said=said)


def _gain(each: StepFigures, reader: Reader) -> kit.Text:
    words, found = reader.words, each.gain
    largest = 0.0 if found is None else found.largest
    often = words.gettext("the largest {often}", often=figures.often(round(largest, 1), reader))
    if round(largest, 1) == 0:
        often = words.gettext("hardly ever the largest")
    elif round(largest, 1) == 1:
        often = words.gettext("as good as always the largest")
    return md("• {gain} ({often})", gain=whole_funnel.gain(each, reader).removesuffix("."), often=often)


def _sliced(key: str, one: Slice, seen: FunnelSeen, reader: Reader) -> str:
    return reader.words.gettext(
        "{name}: {observed} went on, {expected} at the team's pace",
        name=name_of(key, seen, reader),
        observed=reader.words.number(round(one.observed)),
        expected=figures.about(one.expected, reader),
    )
