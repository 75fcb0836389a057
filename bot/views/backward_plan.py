"""`/plan`: so many customers, and what they take: prospects, days, contacts and hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from math import isfinite

from bot.usecases.make_plan import PlanSeen
from bot.views import figures, kit, whole_funnel
from bot.views.figures import sentence
from bot.views.ids import Action
from bot.views.limits import BlockMode
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.number_slips import ChartSlip, ForecastSlip, Picture, PlanSlip, Topic, WhySlip
from bot.views.plan_dialog import how_many, pace
from bot.views.reader import Reader
from bot.views.typed_words import typed
from playbooks.funnel.periods import Period
from playbooks.funnel.plan import Plan, Work
from playbooks.funnel.ranges import Range

_AN_HOUR = 60
_A_POINT = 0.01


def message(seen: PlanSeen, slip: PlanSlip, reader: Reader, *, leads: bool) -> Message:
    """The answer first, then what it takes on the way. `leads`: this member may make it the team's target."""
    title = reader.words.gettext("{playbook}: the plan", playbook=seen.playbook.name)
    if seen.plan is None:
        return _no_plan(seen, title, reader)
    answer = [*_answer(seen, seen.plan, slip, reader), *_beside(seen, seen.plan, reader)]
    on_the_way = list(_on_the_way(seen, seen.plan, reader))
    return kit.message(
        kit.joined([title, *map(_plain, answer), *on_the_way]),
        kit.header(title),
        kit.section(kit.joined(answer), accessory=_why(slip, reader)),
        *(_steps(seen, seen.plan, reader) if seen.plan.intake is not None else []),
        *([kit.section("\n".join(on_the_way))] if on_the_way else []),
        kit.context(kit.joined(_notes(seen, reader), " ")),
        kit.actions(*_ways_on(seen, slip, reader, leads=leads)),
    )


def _no_plan(seen: PlanSeen, title: str, reader: Reader) -> Message:
    said = missing_steps([step.number for step in seen.missing], reader)
    return kit.message(f"{title}: {said}", kit.header(title), kit.section(said))


def missing_steps(numbers: list[int], reader: Reader) -> str:
    """Why there is neither a plan nor a forecast."""
    words = reader.words
    return words.ngettext(
        "There is too little to calculate with: step {steps} has fewer than 10 decisions, and the playbook does "
        "not say what to expect (`expects`).",
        "There is too little to calculate with: steps {steps} have fewer than 10 decisions, and the playbook does "
        "not say what to expect (`expects`).",
        len(numbers),
        steps=words.list_of([words.number(number) for number in numbers]),
    )


# The answer.


def _answer(seen: PlanSeen, plan: Plan, slip: PlanSlip, reader: Reader) -> Iterable[kit.Text]:
    words = reader.words
    wanted = pace(slip, seen.asked, reader)
    if plan.intake is None:
        yield words.gettext(
            "No number of prospects brings {target}: as your steps go now, hardly anybody becomes a customer.",
            target=wanted,
        )
        return
    values: dict[str, kit.Text | int] = {
        "target": wanted,
        "n": words.number(plan.intake),
        "often": figures.often(plan.certainty, reader),
    }
    yield md(
        words.gettext(
            "To win {target} you need *{n} new prospects a week*; {often} that is enough, counted over 13 weeks."
        ),
        **values,
    )
    if seen.plain is not None:
        yield _instead(seen, seen.plain, reader)
    if seen.funnel.is_assumed:
        yield _assumed(seen, reader)
    if guess := whole_funnel.nobody_went_on(seen.funnel, reader):
        yield guess


def _instead(seen: PlanSeen, plain: Plan, reader: Reader) -> str:
    """What the what-if changes."""
    words = reader.words
    changed = []
    for number, points in seen.what_if.items():
        used = seen.funnel.steps[number - 1].used
        share = used.curve.conversion if used is not None else 0.0
        changed.append(
            words.gettext(
                "step {step} went from {before} to {after} of 100",
                step=words.number(number),
                before=words.number(round(share * 100)),
                after=words.number(round((share + points * _A_POINT) * 100)),
            )
        )
    was = words.number(plain.intake) if plain.intake is not None else "–"
    return words.gettext(
        "That is if {changes}. As it is now, you need {n}.", changes=words.list_of(changed), n=was
    )


def _assumed(seen: PlanSeen, reader: Reader) -> str:
    words = reader.words
    steps = [words.number(each.step.number) for each in seen.funnel.steps if each.is_assumed]
    return words.ngettext(
        "Assumed: for step {steps} this counts with what the playbook expects; your own numbers take over after "
        "some ten decided prospects.",
        "Assumed: for steps {steps} this counts with what the playbook expects; your own numbers take over after "
        "some ten decided prospects.",
        len(steps),
        steps=words.list_of(steps),
    )


def _beside(seen: PlanSeen, plan: Plan, reader: Reader) -> Iterable[kit.Text]:
    """What stands beside the answer: one week alone, the other end, what comes in now."""
    words, often = reader.words, figures.often(plan.certainty, reader)
    if plan.intake is None:
        return
    if plan.intake_any_week is not None:
        yield words.gettext(
            "To win {wins} in any one week, {often}, it takes {n} a week.",
            wins=figures.about(plan.wins, reader),
            often=often,
            n=words.number(plan.intake_any_week),
        )
    never = plan.if_unresolved_never_win
    if never is not None and never != plan.intake:
        yield words.gettext(
            "Those {intake} a week count on the undecided going on as the last ones did; if they never buy, it "
            "takes {n}.",
            intake=words.number(plan.intake),
            n=words.number(never),
        )
    yield words.gettext("Now {n} a week come in (the last 8 weeks).", n=figures.some(seen.intake_now, reader))


# On the way.


def _steps(seen: PlanSeen, plan: Plan, reader: Reader) -> list[Block]:
    """A table; a line a step where a client draws none."""
    if reader.blocks is BlockMode.FULL:
        return [_table(seen, plan, reader)]
    lines = [
        md(
            reader.words.gettext("• *{step}*: {arrivals} come in a week; {needed} needed in it, {now} there now"),
            step=f"{figure.step.number} {figure.step.name}",
            arrivals=_between(step.arrivals, reader),
            needed=_between(step.standing, reader),
            now=reader.words.number(seen.standing.get(step.step, 0)),
        )
        for figure, step in zip(seen.funnel.steps, plan.steps, strict=True)
    ]
    return kit.sections(kit.joined(lines))


def _table(seen: PlanSeen, plan: Plan, reader: Reader) -> Block:
    words = reader.words
    rows = [
        [
            f"{figure.step.number} {figure.step.name}",
            _between(step.arrivals, reader),
            _between(step.standing, reader),
            words.number(seen.standing.get(step.step, 0)),
        ]
        for figure, step in zip(seen.funnel.steps, plan.steps, strict=True)
    ]
    header = [
        words.gettext("Step"),
        words.gettext("Come in a week"),
        words.gettext("Stand in it"),
        words.gettext("Stand now"),
    ]
    return kit.table(reader.blocks, header, rows, align=("left", "right", "right", "right"))


def _between(found: Range, reader: Reader) -> str:
    low, high = (figures.some(value, reader) for value in (found.low, found.high))
    said = figures.some(found.estimate, reader)
    return said if low == high else f"{said} ({low}–{high})"


def _on_the_way(seen: PlanSeen, plan: Plan, reader: Reader) -> Iterable[str]:
    words = reader.words
    if plan.lead is not None:
        yield words.gettext("From first step to customer: {days}.", days=figures.days(plan.lead, reader))
    if plan.work is not None:
        yield from _work(plan.work, reader)
    if plan.intake is None:
        return
    if seen.first_week is None:
        yield words.gettext("With so many from now on, it is not reached within a year.")
    else:
        begins = seen.funnel.as_of + timedelta(weeks=seen.first_week)
        yield words.gettext(
            "With so many from now on, the 13 weeks from {day} on are the first to reach it.",
            day=reader.day(begins),
        )


def _work(work: Work, reader: Reader) -> Iterable[str]:
    words = reader.words
    a_week = {
        "contacts": figures.some(work.contacts_a_week, reader),
        "time": _time(work.minutes_a_week, reader),
    }
    if isfinite(work.contacts_a_win):
        yield words.gettext(
            "That takes some {contacts} contacts and {time} a week: {each_contacts} contacts and {each_time} for "
            "each customer.",
            **a_week,
            each_contacts=figures.some(work.contacts_a_win, reader),
            each_time=_time(work.minutes_a_win, reader),
        )
    else:  # nobody ever became a customer: there is nothing to share the work among
        yield words.gettext("That takes some {contacts} contacts and {time} a week.", **a_week)
    if work.assumed > 1 - _A_POINT:
        yield words.gettext("Nobody logged minutes yet: these are the playbook's.")
    elif work.assumed > _A_POINT:
        yield words.gettext(
            "{share} of those minutes nobody logged: the playbook's count for them.",
            share=words.percent(work.assumed),
        )
    if work.people is not None:
        yield words.gettext(
            "With the selling hours that your team has set, that is work for {n} people.",
            n=figures.about(work.people, reader),
        )
    else:
        yield words.gettext(
            "For how many people? Set your selling hours in {command}.",
            command=reader.command("nextstep", typed("settings", reader)),
        )


def _time(minutes: float, reader: Reader) -> str:
    """Whole hours from ten on: minutes beside them would pretend."""
    rounded = round(minutes)
    if rounded >= 10 * _AN_HOUR:
        rounded = round(minutes / _AN_HOUR) * _AN_HOUR
    return reader.words.minutes(rounded)


def _notes(seen: PlanSeen, reader: Reader) -> list[kit.Text]:
    words = reader.words
    notes: list[kit.Text] = [
        words.gettext(
            "In brackets: between what and what it lies, {often}.",
            often=figures.often(seen.asked.certainty, reader),
        )
    ]
    if seen.kept is not None:
        notes.append(
            words.gettext(
                "Your team's target: {target}, {often}.",
                target=how_many(seen.kept.wins, Period.WEEK, reader),
                often=figures.often(seen.kept.certainty, reader),
            )
        )
    asked = figures.about(seen.asked.wins, reader)
    what_if = words.pgettext("typed", "{n} per week step3:+5", n=asked)
    notes.append(md(words.gettext("What if? {command}"), command=kit.code(reader.command("plan", what_if))))
    return notes


def _ways_on(seen: PlanSeen, slip: PlanSlip, reader: Reader, *, leads: bool) -> list[kit.Element]:
    gettext = reader.words.gettext
    bare = slip.model_copy(update={"what_if": {}, "wins": slip.wins or seen.asked.wins})
    row = []
    is_kept = seen.kept is not None and (seen.kept.wins, seen.kept.certainty) == (
        seen.asked.wins,
        seen.asked.certainty,
    )
    if leads and not is_kept:
        row.append(kit.button(gettext("Make this our target"), Action.SET_TARGET, bare, style="primary"))
    row += [
        kit.button(gettext("Chart"), Action.CHART, ChartSlip(picture=Picture.PLAN, plan=slip)),
        kit.button(gettext("Another number"), Action.MAKE_PLAN, bare),
        kit.button(gettext("Forecast"), Action.FORECAST, ForecastSlip(playbook=slip.playbook)),
    ]
    return row


def _why(slip: PlanSlip, reader: Reader) -> kit.Element:
    return kit.button(reader.words.gettext("Why?"), Action.WHY, WhySlip(topic=Topic.PLAN, plan=slip))


def _plain(line: kit.Text) -> kit.Text:
    return kit.Mrkdwn(line.source.replace("*", "")) if isinstance(line, kit.Mrkdwn) else sentence(line)
