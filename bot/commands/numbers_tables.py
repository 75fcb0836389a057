"""The numbers on a terminal: tables for people, readable at 80 columns, and the sentences that belong to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from math import isfinite

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table

from bot.usecases.make_plan import PlanSeen
from bot.usecases.see_funnel import FunnelSeen
from bot.views import figures, whole_funnel
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.funnel.change import Verdict
from playbooks.funnel.conversion import Conversion, TooFew
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.picture import StepFigures, StepOfFunnel
from playbooks.funnel.plan import Plan, Work
from playbooks.funnel.ranges import Range
from playbooks.team import Workspace

Parts = Iterator[RenderableType]
_HOUR = 60
_HARDLY_ANY = 0.05


def show(parts: Parts, out: Console) -> None:
    """Prints them one under the other; names from data are no markup."""
    for part in parts:
        out.print(part, markup=False)


def reader_on(as_of: date, workspace: Workspace) -> Reader:
    """The command line speaks English."""
    return Reader(words=Words(zone=workspace.zone), blocks=BlockMode.CORE, today=as_of)


# The funnel.


def funnel_parts(seen: FunnelSeen, workspace: Workspace) -> Parts:
    reader, found = reader_on(seen.funnel.as_of, workspace), seen.funnel
    weeks = figures.period(found.weeks, reader)
    yield f"{seen.playbook.name} in {workspace.name}: {weeks}, as known before {found.as_of}."
    if seen.first_day is None or seen.first_day >= found.as_of:
        yield _nothing_yet(seen, reader)
    yield _steps(seen, reader)
    yield from _beside(seen, reader)
    if found.is_assumed:
        yield "Where too few are decided, the playbook's expectation stands in until ten are."
    if found.by is not None:
        yield from _slices(seen)
    yield whole_funnel.bottleneck(found, reader)
    yield from whole_funnel.overall(found, reader)


def _steps(seen: FunnelSeen, reader: Reader) -> Table:
    """Counts first: those of the window that was asked for."""
    shown = table("Step", "came", "went on", "left", "open", "of 100 go on", "within", "half, most")
    for each in seen.funnel.steps:
        tally, found = each.tally, each.found
        shown.add_row(
            named(each.step),
            *(str(count) for count in (tally.entered, tally.advanced, tally.closed, tally.open)),
            _share(each, seen),
            _within(found.horizon, reader) if isinstance(found, Conversion) else "",
            f"{each.days.median}, {each.days.p80} days" if each.days else "",
        )
    return shown


def _nothing_yet(seen: FunnelSeen, reader: Reader) -> str:
    if seen.first_day is None:
        return "Nothing is known yet: no prospect has been started or imported."
    return f"Nothing was known then: the first prospect became known on {reader.words.long_day(seen.first_day)}."


def _within(horizon: int, reader: Reader) -> str:
    return reader.words.days(horizon) if horizon else "the day"


def _share(each: StepFigures, seen: FunnelSeen) -> str:
    if isinstance(each.found, Conversion):
        return _of_hundred(each.found.belief.range(seen.funnel.certainty))
    if each.step.expects is None:
        return "too few to tell"
    return f"too few; {each.step.expects[0] * 100:.0f} expected"


def _of_hundred(found: Range) -> str:
    """Of a hundred with a decimal where it is rare: `31, between 21 and 34`."""
    values = [100 * share for share in (found.estimate, found.low, found.high)]
    decimals = 1 if 0 < values[0] < 5 else 0  # noqa: PLR2004 - below five of a hundred whole ones tell too little
    estimate, low, high = (f"{value:.{decimals}f}" for value in values)
    return estimate if low == high else f"{estimate}, between {low} and {high}"


def _beside(seen: FunnelSeen, reader: Reader) -> Iterator[str]:
    """The notes on the rows; what holds for several steps is said once."""
    steps_of: dict[str, list[str]] = {}
    for each in seen.funnel.steps:
        for note in _notes(each, seen, reader):
            steps_of.setdefault(note, []).append(str(each.step.number))
    for note, steps in steps_of.items():
        yield f"{', '.join(steps)}: {note}"


def _notes(each: StepFigures, seen: FunnelSeen, reader: Reader) -> Iterator[str]:
    """What has to be known beside the row of a step."""
    if isinstance(each.found, TooFew):
        if each.found.tally.entered > each.tally.entered:
            yield f"over all weeks {figures.counted(each.found.tally, reader)}."
        return
    if wider := figures.widened(each, seen.funnel.weeks, reader):
        yield f"{wider}."
    if each.tally.inferred:
        yield f"{each.tally.inferred} more were found to have jumped this step; they are not counted."
    if each.change is not None and each.change.verdict is not Verdict.NO_CLEAR_CHANGE:
        yield f"{figures.changed(each.change, seen.funnel.weeks, reader)}."


def _slices(seen: FunnelSeen) -> Parts:
    shown = table("Step", str(seen.funnel.by), "went on", "of 100 go on")
    for each in seen.funnel.steps:
        names = _names(each.slices, seen)
        for key, one in sorted(each.slices.items(), key=lambda pair: names[pair[0]]):
            name = names[key]
            shown.add_row(named(each.step), name, str(round(one.observed)), _of_hundred(one.range))
    if shown.row_count:
        yield shown
    else:
        yield f"No step has enough to tell the {seen.funnel.by}s apart."


def _names(keys: Collection[str], seen: FunnelSeen) -> dict[str, str]:
    """What people call the slices of a step; a variant is `call/B`, unless its words changed meanwhile."""
    names = {key: seen.names.get(key, key) or "(none)" for key in keys}
    if seen.funnel.by is not Dimension.VARIANT:
        return names
    short = {key: key.partition("/")[2].partition("@")[0] or name for key, name in names.items()}
    many = Counter(short.values())
    return {key: name if many[name] == 1 else names[key] for key, name in short.items()}


# The plan.


def plan_parts(seen: PlanSeen, workspace: Workspace) -> Parts:
    reader = reader_on(seen.funnel.as_of, workspace)
    wins, times = _wanted(seen.asked.wins, reader), figures.often(seen.asked.certainty, reader)
    customers = "customer" if wins == "1" else "customers"
    yield f"{seen.playbook.name} in {workspace.name}: {wins} {customers} a week, {times}, over 13 weeks."
    if seen.plan is None:
        steps = ", ".join(named(step) for step in seen.missing)
        yield (
            f"There is no plan yet: too few prospects are decided in {steps}, and the playbook does not say what "
            "to expect there (expects: conversion, days)."
        )
        return
    if seen.funnel.is_assumed:
        yield "It rests on what the playbook expects where your own numbers are too few."
    if guess := whole_funnel.nobody_went_on(seen.funnel, reader):
        yield guess
    for number, points in sorted(seen.what_if.items()):
        yield f"What if step {number} converted {points:+g} points of 100 better?"
    yield from _intake(seen.plan, seen, reader)
    if seen.plan.intake is None:
        return
    yield _standing(seen.plan, seen)
    if seen.plan.lead is not None:
        yield f"From first step to customer: {figures.days(seen.plan.lead, reader)}."
    if seen.plan.work is not None:
        yield from _work(seen.plan.work, seen, reader)
    yield _beginning(seen)


def _wanted(wins: float, reader: Reader) -> str:
    """One a year is little a week, and not nothing."""
    return f"{wins:.1g}" if wins < _HARDLY_ANY else figures.about(wins, reader)


def _intake(plan: Plan, seen: PlanSeen, reader: Reader) -> Iterator[str]:
    if plan.intake is None:
        yield "No intake gives that: hardly anybody becomes a customer this way."
        return
    now = figures.about(seen.intake_now, reader)
    prospects = "prospect" if plan.intake == 1 else "prospects"
    yield f"Takes {plan.intake:,} new {prospects} a week; the last 8 weeks brought {now} a week."
    if seen.plain is not None and seen.plain.intake is not None:
        yield f"Without that it takes {seen.plain.intake:,}."
    if plan.intake_any_week is not None:
        yield f"To have that in any one week, by itself: {plan.intake_any_week:,}."
    if plan.if_unresolved_never_win not in (plan.intake, None):
        yield f"If those who stay undecided never become customers: {plan.if_unresolved_never_win:,}."


def _standing(plan: Plan, seen: PlanSeen) -> Table:
    shown = table("Step", "arrive a week", "stand in it", "now")
    for step, each in zip((each.step for each in seen.funnel.steps), plan.steps, strict=True):
        now = seen.standing.get(step.identity, 0)
        shown.add_row(named(step), _whole(each.arrivals), _whole(each.standing), str(now))
    return shown


def _whole(found: Range) -> str:
    low, estimate, high = (f"{value:,.0f}" for value in (found.low, found.estimate, found.high))
    return estimate if low == high else f"{estimate}, between {low} and {high}"


def _work(work: Work, seen: PlanSeen, reader: Reader) -> Iterator[str]:
    hours = figures.about(work.minutes_a_week / _HOUR, reader)
    a_week = f"Work: {figures.about(work.contacts_a_week, reader)} contacts and {hours} hours a week"
    if isfinite(work.contacts_a_win):
        hours = figures.about(work.minutes_a_win / _HOUR, reader)
        contacts = figures.about(work.contacts_a_win, reader)
        yield f"{a_week}; a customer takes {contacts} contacts and {hours} hours."
    else:  # nobody ever became a customer: there is nothing to share the work among
        yield f"{a_week}."
    if work.assumed:
        yield f"Of these hours {work.assumed:.0%} are what the playbook expects, for nobody logged them."
    if work.people is not None:
        yield f"People, at the selling hours they set: {figures.about(work.people, reader)}."
    elif not seen.selling_set:
        yield "How many people that takes shows once somebody sets their selling hours."


def _beginning(seen: PlanSeen) -> str:
    if seen.first_week is None:
        return "With that intake from now on, no 13 weeks within a year reach it."
    if seen.first_week == 0:
        return "With that intake from now on, the 13 weeks from today reach it."
    begin = seen.funnel.as_of + timedelta(weeks=seen.first_week)
    return f"With that intake from now on, the 13 weeks from {begin} are the first to reach it."


# What they share.


def table(*columns: str) -> Table:
    made = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for place, name in enumerate(columns):
        made.add_column(name, overflow="fold", max_width=24 if place == 0 else None)
    return made


def named(step: StepOfFunnel) -> str:
    return f"{step.number} {step.name}"
