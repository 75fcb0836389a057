"""How many customers in which period: asked in a dialog, said in words, and kept as the team's target."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views import figures, kit
from bot.views.elements import Option
from bot.views.ids import Action, Callback
from bot.views.ids import Block as Field
from bot.views.message import Message, Modal
from bot.views.number_slips import ForecastSlip, PlanSlip
from bot.views.reader import Reader
from playbooks.funnel.periods import Period
from playbooks.numbers import Target
from playbooks.pipeline import PublishedPlaybook

_USUAL_CERTAINTY = "80"


def how_many(wins: float, period: Period, reader: Reader) -> str:
    """`10 customers a week`."""
    words, n = reader.words, figures.about(wins, reader)
    count = 1 if wins == 1 else 2
    match period:
        case Period.WEEK:
            return words.ngettext("{n} customer a week", "{n} customers a week", count, n=n)
        case Period.MONTH:
            return words.ngettext("{n} customer a month", "{n} customers a month", count, n=n)
        case Period.QUARTER:
            return words.ngettext("{n} customer a quarter", "{n} customers a quarter", count, n=n)
        case Period.YEAR:
            return words.ngettext("{n} customer a year", "{n} customers a year", count, n=n)


def dialog(slip: PlanSlip, playbooks: Sequence[PublishedPlaybook], reader: Reader) -> Modal:
    """How many customers, in which period and how surely; with what was said so far filled in."""
    gettext = reader.words.gettext
    periods = {
        Period.WEEK: gettext("per week"),
        Period.MONTH: gettext("per month"),
        Period.QUARTER: gettext("per quarter"),
        Period.YEAR: gettext("per year"),
    }
    wins = "" if slip.wins is None else figures.about(slip.wins, reader)
    certainty = _USUAL_CERTAINTY if slip.certainty is None else reader.words.number(round(slip.certainty * 100))
    fields = [
        kit.input_block(
            gettext("How many new customers?"),
            kit.text_input(Action.FIELD, initial=wins, placeholder="10", longest=20),
            block=Field.WINS,
        ),
        kit.input_block(
            gettext("In which period?"),
            kit.select(
                Action.FIELD,
                [Option(text, str(period)) for period, text in periods.items()],
                initial=str(slip.period),
            ),
            block=Field.PERIOD,
        ),
        kit.input_block(
            gettext("How surely, of 100 times?"),
            kit.text_input(Action.FIELD, initial=certainty, longest=10),
            block=Field.CERTAINTY,
            hint=gettext("80: it comes true 8 of 10 times. From 50 to 99."),
        ),
    ]
    if len(playbooks) > 1:
        chosen = next((known.key for known in playbooks if known.key == slip.playbook), playbooks[0].key)
        menu = kit.select(Action.FIELD, [Option(known.name, known.key) for known in playbooks], initial=chosen)
        fields.append(kit.input_block(gettext("Playbook"), menu, block=Field.PLAYBOOK))
    return kit.modal(
        Callback.MAKE_PLAN,
        gettext("Our target") if slip.setting else gettext("Plan"),
        *fields,
        submit=gettext("Make it our target") if slip.setting else gettext("Calculate"),
        close=gettext("Cancel"),
        metadata=slip,
    )


def target_set(target: Target, slip: PlanSlip, reader: Reader, playbook: str = "") -> Message:
    """The team's target from now on; of which playbook, where there are several."""
    words = reader.words
    said = words.gettext(
        "Your team's target is now {target}, {often}.",
        target=pace(slip, target, reader),
        often=figures.often(target.certainty, reader),
    )
    then = words.gettext("The forecast, the digest and Home are held against it.")
    lines = [playbook, said, then] if playbook else [said, then]
    return kit.message(
        kit.joined(lines),
        kit.section(kit.joined(lines)),
        kit.actions(
            kit.button(words.gettext("Plan"), Action.SHOW_PLAN, PlanSlip(playbook=slip.playbook)),
            kit.button(words.gettext("Forecast"), Action.FORECAST, ForecastSlip(playbook=slip.playbook)),
        ),
    )


def pace(slip: PlanSlip, target: Target, reader: Reader) -> str:
    """As it was said; a target that is kept, by the week."""
    if slip.wins is None:
        return how_many(target.wins, Period.WEEK, reader)
    said = how_many(slip.wins, slip.period, reader)
    if slip.period is Period.WEEK:
        return said
    return reader.words.gettext("{said} ({n} a week)", said=said, n=figures.about(target.wins, reader))
