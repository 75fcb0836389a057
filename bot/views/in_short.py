"""A playbook's numbers in a few lines, as the weekly digest and App Home tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.usecases.numbers_of_the_day import Intake, PlaybookNumbers
from bot.usecases.see_forecast import Scored
from bot.views import figures, forecast, kit, whole_funnel
from bot.views.ids import Action
from bot.views.markup import md
from bot.views.message import Block
from bot.views.number_slips import ForecastSlip, FunnelSlip, PlanSlip
from bot.views.reader import Reader
from playbooks.funnel.change import Verdict
from playbooks.funnel.picture import Funnel, StepFigures


def title(numbers: PlaybookNumbers, reader: Reader) -> kit.Mrkdwn:
    """`B2B: who goes on, the last 13 weeks`."""
    said = reader.words.gettext(
        "{playbook}: who goes on, {weeks}",
        playbook=numbers.playbook.name,
        weeks=figures.period(numbers.funnel.weeks, reader),
    )
    return md("*{title}*", title=said)


def steps(funnel: Funnel, reader: Reader) -> list[kit.Text]:
    """A line each step, a change where the data tell one, and the step that needs attention where one does."""
    lines: list[kit.Text] = [f"• {step(each, funnel, reader)}" for each in funnel.steps]
    lines += _widened(funnel, reader)
    lines += _unchanged(funnel.steps, funnel.weeks, reader)
    if funnel.bottleneck is not None:
        lines.append(md("*{said}*", said=whole_funnel.bottleneck(funnel, reader)))
    return lines


def step(each: StepFigures, funnel: Funnel, reader: Reader) -> str:
    """`2 Demo: 31 of 100 go on within 45 days, between 21 and 34; clearly more than the 13 weeks before`.

    Who is undecided at the end of those days is said where they are many; no clear change is not said.
    """
    said = f"{each.step.number} {each.step.name}: {figures.conversion(each, reader, funnel.certainty)}"
    if undecided := figures.undecided_then(each, reader):
        said += f"; {undecided}"
    if each.change is not None and each.change.verdict is not Verdict.NO_CLEAR_CHANGE:
        said += f"; {figures.changed(each.change, funnel.weeks, reader)}"
    return said


def ahead(numbers: PlaybookNumbers, reader: Reader) -> Iterator[str]:
    """The coming weeks, how the last forecast did, and what came in against what the target takes."""
    if numbers.ahead is not None:
        yield " ".join([forecast.spoken(numbers.ahead, reader), *whole_funnel.assumed(numbers.funnel, reader)])
    if numbers.last is not None:
        yield _last(numbers.last, reader)
    if numbers.intake is not None:
        yield _intake(numbers.intake, reader)


def ways_on(numbers: PlaybookNumbers, reader: Reader) -> Block:
    """To all of it, and to why."""
    gettext, key = reader.words.gettext, numbers.playbook.key
    buttons = [
        kit.button(gettext("Funnel"), Action.FUNNEL, FunnelSlip(playbook=key)),
        kit.button(gettext("Forecast"), Action.FORECAST, ForecastSlip(playbook=key)),
    ]
    if numbers.intake is not None:
        buttons.append(kit.button(gettext("Plan"), Action.SHOW_PLAN, PlanSlip(playbook=key)))
    return kit.actions(*buttons)


def _widened(funnel: Funnel, reader: Reader) -> Iterator[str]:
    """Which steps needed wider windows than the others: together, for it is mostly the later ones."""
    words = reader.words
    numbers: dict[str, list[str]] = {}
    for each in funnel.steps:
        if wider := figures.widened(each, funnel.weeks, reader):
            numbers.setdefault(wider, []).append(words.number(each.step.number))
    for wider, those in numbers.items():
        yield words.ngettext(
            "Step {steps}: {wider}.",
            "Steps {steps}: {wider}.",
            len(those),
            steps=words.list_of(those),
            wider=wider,
        )


def _unchanged(steps: Iterable[StepFigures], weeks: int | None, reader: Reader) -> list[kit.Text]:
    """That there is nothing to be made of the rest, for who looks for it: once, and not at each step."""
    verdicts = [each.change.verdict for each in steps if each.change is not None]
    if Verdict.NO_CLEAR_CHANGE not in verdicts:
        return []
    words = reader.words
    if all(verdict is Verdict.NO_CLEAR_CHANGE for verdict in verdicts):
        return [words.gettext("No clear change from the {n} weeks before.", n=words.number(weeks or 0))]
    return [words.gettext("In the other steps no clear change.")]


def _last(last: Scored, reader: Reader) -> str:
    words = reader.words
    values: dict[str, object] = {
        "day": reader.day(last.made_on),
        "weeks": words.number(last.weeks),
        "low": words.number(last.low),
        "high": words.number(last.high),
        "n": words.number(last.outcome),
    }
    if last.inside:
        return words.ngettext(
            "The {weeks} weeks from {day}: {n} new customer; the forecast had said {low} to {high}, and it held.",
            "The {weeks} weeks from {day}: {n} new customers; the forecast had said {low} to {high}, and it held.",
            last.outcome,
            **values,
        )
    return words.ngettext(
        "The {weeks} weeks from {day}: {n} new customer; the forecast had said {low} to {high}, and it missed.",
        "The {weeks} weeks from {day}: {n} new customers; the forecast had said {low} to {high}, and it missed.",
        last.outcome,
        **values,
    )


def _intake(intake: Intake, reader: Reader) -> str:
    words = reader.words
    came = words.ngettext(
        "{n} new prospect came in last week.",
        "{n} new prospects came in last week.",
        intake.came,
        n=words.number(intake.came),
    )
    wins = figures.about(intake.target.wins, reader)
    target = words.ngettext(
        "The target, {wins} customer a week,",
        "The target, {wins} customers a week,",
        1 if wins == "1" else 2,
        wins=wins,
    )
    if intake.needed is None:
        more = words.gettext("{target} is out of reach of any number as your steps go now.", target=target)
    else:
        more = words.gettext("{target} takes {needed} a week.", target=target, needed=words.number(intake.needed))
    return f"{came} {more}"
