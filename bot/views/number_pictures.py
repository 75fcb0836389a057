"""The numbers as pictures, each with words beside it that say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.usecases.make_plan import PlanSeen
from bot.usecases.see_forecast import ForecastSeen
from bot.usecases.see_funnel import FunnelSeen
from bot.views import figures, forecast, kit
from bot.views.message import Message
from bot.views.reader import Reader
from playbooks.funnel.conversion import TooFew
from playbooks.funnel.picture import Funnel, StepFigures

_ALL: Final = 100
_WEEK: Final = 7
_SHOWN: Final = 4
"""Of earlier forecasts those of so many weeks are drawn: those of one would hide the line, those of 13 are few."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that can be drawn, and what it shows in words. Drawing takes a moment: it can wait."""

    title: str
    alt: str
    draw: Callable[[], bytes]


def on_its_way(reader: Reader) -> Message:
    """The picture comes where Slack can show it to one person alone."""
    return kit.message(
        reader.words.gettext("The chart comes in your messages with Nextstep, in a moment; only you see it.")
    )


def not_sent(reader: Reader) -> Message:
    """Slack did not take the picture."""
    return kit.message(
        reader.words.gettext("Slack did not take the chart. Try again; the numbers above say the same.")
    )


def nothing_to_draw(reader: Reader) -> Message:
    """There are no numbers to draw any more, or not yet."""
    return kit.message(reader.words.gettext("There is nothing to draw yet: the numbers are too few."))


def beside(drawing: Drawing) -> Message:
    """The message that the picture stands in: its title, and the same in words."""
    return kit.message(f"{drawing.title}: {drawing.alt}", kit.section(drawing.title), kit.context(drawing.alt))


def of_funnel(seen: FunnelSeen, reader: Reader) -> Drawing:
    """Each step's conversion with its range."""
    return of_conversions(seen.funnel, seen.playbook.name, reader)


def of_conversions(funnel: Funnel, playbook: str, reader: Reader) -> Drawing:
    """The same from the figures alone, under the name of their playbook."""
    gettext = reader.words.gettext
    weeks = figures.period(funnel.weeks, reader)
    title = gettext("{playbook}: who goes on, {weeks}", playbook=playbook, weeks=weeks)
    shown = funnel.steps

    def draw() -> bytes:
        from bot.views.charts import conversion  # noqa: PLC0415 - matplotlib is slow to load, and few processes draw

        labels = conversion.Labels(
            axis=gettext("of 100 who go on, and between what and what"),
            seen=gettext("your numbers"),
            assumed=gettext("mostly what the playbook expects"),
            target=gettext("target"),
        )
        rows = [
            conversion.Row(
                name=_name(each),
                counts=figures.counted(each.tally, reader),
                **_share(each, funnel),
                is_assumed=each.is_assumed,
                target=None if each.step.target is None else each.step.target * _ALL,
            )
            for each in shown
        ]
        return conversion.drawn(rows, labels)

    return Drawing(title, "; ".join(_said_of(each, funnel, reader) for each in shown), draw)


def of_plan(seen: PlanSeen, reader: Reader) -> Drawing | None:
    """The pipeline against the plan; None while there is no plan."""
    plan = seen.plan
    if plan is None or plan.intake is None:
        return None
    words = reader.words
    title = words.gettext("{playbook}: the pipeline against the plan", playbook=seen.playbook.name)
    rows = [
        (_name(figure), seen.standing.get(step.step, 0), step.standing)
        for figure, step in zip(seen.funnel.steps, plan.steps, strict=True)
    ]

    def draw() -> bytes:
        from bot.views.charts import pipeline  # noqa: PLC0415 - matplotlib is slow to load, and few processes draw

        labels = pipeline.Labels(
            now=words.gettext("stand there now"), needed=words.gettext("the plan needs, and between what and what")
        )
        return pipeline.drawn(
            [
                pipeline.Row(
                    name, now, needed.estimate, needed.low, needed.high, figures.some(needed.estimate, reader)
                )
                for name, now, needed in rows
            ],
            labels,
        )

    alt = "; ".join(
        words.gettext(
            "{step}: {now} stand there, the plan needs {needed}",
            step=name,
            now=words.number(now),
            needed=figures.some(needed.estimate, reader),
        )
        for name, now, needed in rows
    )
    return Drawing(title, alt, draw)


def of_forecast(seen: ForecastSeen, reader: Reader) -> Drawing | None:
    """The wins so far and those to come; None while there is no forecast."""
    if seen.made is None:
        return None
    words, made = reader.words, seen.made

    def draw() -> bytes:
        from bot.views.charts import fan  # noqa: PLC0415 - matplotlib is slow to load, and few processes draw

        labels = fan.Labels(
            axis=words.gettext("new customers, added up"),
            today=words.gettext("today"),
            happened=words.gettext("happened"),
            expected=words.gettext("8 of 10 times between here"),
            held=words.gettext("earlier forecast, held"),
            missed=words.gettext("earlier forecast, missed"),
            weeks=words.gettext("weeks from today"),
        )
        ahead = [fan.Ahead(each.weeks, each.wins.mean, *each.wins.range()) for each in made]
        earlier = [
            fan.Earlier(_weeks_ago(each.made_on, seen.as_of), each.weeks, each.low, each.high, each.inside)
            for each in seen.earlier
            if each.weeks == _SHOWN
        ]
        return fan.drawn(seen.weekly_wins, ahead, earlier, labels)

    so_far = sum(seen.weekly_wins)
    happened = words.ngettext(
        "{n} new customer in the last {weeks} weeks.",
        "{n} new customers in the last {weeks} weeks.",
        so_far,
        n=words.number(so_far),
        weeks=words.number(len(seen.weekly_wins)),
    )
    held = [forecast.held(scores, weeks, reader) for weeks, scores in sorted(seen.scores.items())]
    alt = " ".join([happened, *[forecast.spoken(each, reader) for each in made], *held])
    return Drawing(words.gettext("{playbook}: the forecast", playbook=seen.playbook.name), alt, draw)


def _name(each: StepFigures) -> str:
    return f"{each.step.number} {each.step.name}"


def _share(each: StepFigures, funnel: Funnel) -> dict[str, float]:
    """Of 100: the share and its range; nothing where there is nothing to go by."""
    if each.used is None:
        return {}
    found = each.used.belief.range(funnel.certainty)
    return {"share": found.estimate * _ALL, "low": found.low * _ALL, "high": found.high * _ALL}


def _said_of(each: StepFigures, funnel: Funnel, reader: Reader) -> str:
    words = reader.words
    said = figures.conversion(each, reader, funnel.certainty)
    if isinstance(each.found, TooFew) and each.step.expects is not None:
        expects = words.gettext(
            "the playbook expects {share}", share=figures.of_many(each.step.expects[0], reader)
        )
        said = f"{said}, {expects}"
    target = each.step.target
    if target is not None:
        said = words.gettext("{said}; target {share}", said=said, share=figures.of_many(target, reader))
    return f"{_name(each)}: {said}"


def _weeks_ago(day: date, today: date) -> float:
    return (today - day).days / _WEEK
