"""`/funnel` by source, colleague or script: each slice beside the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.usecases.see_funnel import FunnelSeen
from bot.views import figures, kit
from bot.views.ids import Action
from bot.views.limits import BlockMode
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.number_slips import FunnelSlip, Topic, WhySlip
from bot.views.reader import Reader
from playbooks.funnel.conversion import Conversion
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.picture import StepFigures
from playbooks.funnel.ranges import Range
from playbooks.funnel.slices import Slice
from playbooks.funnel.visits import RETURNED

_MOST_SLICES: Final = 12
"""More than these in each step no screen shows at once; `nextstep funnel` does."""


def message(seen: FunnelSeen, slip: FunnelSlip, title: str, reader: Reader) -> Message:
    """One slice as a card for each step; several as a table."""
    words = reader.words
    title = f"{title} · {_what(seen, slip, reader)}"
    if not any(_shown(each, slip) for each in seen.funnel.steps):
        return _none(seen, slip, title, reader)
    body = [_one(seen, slip, reader)] if slip.slice is not None else _all(seen, slip, reader)
    why = kit.button(words.gettext("Why?"), Action.WHY, WhySlip(topic=Topic.STEP, funnel=slip))
    spoken = [_spoken(each, seen, slip, reader) for each in seen.funnel.steps]
    return kit.message(
        kit.joined([title, *filter(None, spoken)]),
        kit.header(title),
        *body,
        kit.context(*_notes(seen, reader)),
        kit.actions(_back(slip, reader), why),
    )


def name_of(key: str, seen: FunnelSeen, reader: Reader) -> str:
    """Whose slice it is: a member's name, a source, a script."""
    if seen.funnel.by is Dimension.REP:
        return seen.names.get(key, reader.words.gettext("somebody who left"))
    if seen.funnel.by is Dimension.SOURCE and key.startswith(RETURNED):
        source = key.removeprefix(RETURNED) or reader.words.gettext("unknown")
        return reader.words.gettext("{source}, came back", source=source)
    return key or reader.words.gettext("unknown")


def _what(seen: FunnelSeen, slip: FunnelSlip, reader: Reader) -> str:
    if slip.slice is not None:
        return name_of(slip.slice, seen, reader)
    gettext = reader.words.gettext
    if slip.by is Dimension.SOURCE:
        return gettext("by source")
    return gettext("by colleague") if slip.by is Dimension.REP else gettext("by script")


def _none(seen: FunnelSeen, slip: FunnelSlip, title: str, reader: Reader) -> Message:
    words = reader.words
    if not any(isinstance(each.found, Conversion) for each in seen.funnel.steps):
        said = words.gettext(
            "There are too few decisions to split yet. The whole team's numbers say what there is."
        )
    elif slip.slice is not None:
        said = words.gettext(
            "There is nobody of {name} in these weeks. Try more weeks, or the whole team.",
            name=name_of(slip.slice, seen, reader),
        )
    else:
        said = words.gettext("There is nothing to split in these weeks. Try more weeks, or the whole team.")
    return kit.message(
        kit.joined([title, said]), kit.header(title), kit.section(said), kit.actions(_back(slip, reader))
    )


def _shown(each: StepFigures, slip: FunnelSlip) -> Mapping[str, Slice]:
    """The slices of a step to show, by name or number."""
    if slip.slice is not None:
        return {key: one for key, one in each.slices.items() if key == slip.slice}
    return each.slices


def _one(seen: FunnelSeen, slip: FunnelSlip, reader: Reader) -> Block:
    """The steps of one slice, each against the team."""
    words, lines = reader.words, []
    for each in seen.funnel.steps:
        head = md("*{step} {name}*", step=each.step.number, name=each.step.name)
        one = _shown(each, slip).get(slip.slice or "")
        if one is None:
            lines.append(md("{head}: {few}", head=head, few=words.gettext("nobody to tell from")))
            continue
        said = words.gettext(
            "{share}; the team: {team}", share=figures.ranged(one.range, reader), team=_of_team(each, reader)
        )
        lines.append(md("{head}: {went_on}\n{said}", head=head, went_on=_counts(one, reader), said=f"{said}."))
    return kit.section(kit.joined(lines))


def _all(seen: FunnelSeen, slip: FunnelSlip, reader: Reader) -> list[Block]:
    """A table; lines under each step where a client draws none."""
    if reader.blocks is BlockMode.FULL:
        return [_table(seen, slip, reader)]
    lines: list[kit.Text] = []
    for each in seen.funnel.steps:
        lines.append(md("*{step}*: {team}", step=_step(each), team=_team(each, seen, reader)))
        slices = _ordered(each, seen, slip, reader)
        for key, one in slices[:_MOST_SLICES]:
            said = reader.words.gettext(
                "• {name}: {went_on} went on, {share} of 100",
                name=name_of(key, seen, reader),
                went_on=reader.words.number(round(one.observed)),
                share=_short(one.range, reader),
            )
            lines.append(said)
        lines += _more(slices, reader)
    return kit.sections(kit.joined(lines))


def _more(slices: Sequence[object], reader: Reader) -> list[str]:
    """`and 3 more`, where there are more than are shown."""
    left = len(slices) - _MOST_SLICES
    words = reader.words
    return [words.ngettext("and {n} more", "and {n} more", left, n=words.number(left))] if left > 0 else []


def _ordered(each: StepFigures, seen: FunnelSeen, slip: FunnelSlip, reader: Reader) -> list[tuple[str, Slice]]:
    """By name: it is no ranking."""
    return sorted(_shown(each, slip).items(), key=lambda item: name_of(item[0], seen, reader).casefold())


def _table(seen: FunnelSeen, slip: FunnelSlip, reader: Reader) -> Block:
    words = reader.words
    header = [
        words.gettext("Step"),
        _heading(seen, reader),
        words.gettext("Went on"),
        words.gettext("Of 100"),
    ]
    rows = []
    for each in seen.funnel.steps:
        slices = _ordered(each, seen, slip, reader)
        if not isinstance(each.found, Conversion):
            rows.append([_step(each), "–", "–", words.gettext("too few to tell")])
            continue
        all_of_us = words.number(round(float(each.found.risk.advances.sum())))
        rows.append([_step(each), words.gettext("the whole team"), all_of_us, _team(each, seen, reader)])
        for key, one in slices[:_MOST_SLICES]:
            went_on = words.number(round(one.observed))
            rows.append([str(each.step.number), name_of(key, seen, reader), went_on, _short(one.range, reader)])
        rows += [[str(each.step.number), more, "–", "–"] for more in _more(slices, reader)]
    return kit.table(reader.blocks, header, rows, align=("left", "left", "right", "left"))


def _spoken(each: StepFigures, seen: FunnelSeen, slip: FunnelSlip, reader: Reader) -> str:
    said = [
        f"{name_of(key, seen, reader)}: {figures.ranged(one.range, reader)}"
        for key, one in list(_shown(each, slip).items())[:_MOST_SLICES]
    ]
    return f"{_step(each)}: {'; '.join(said)}" if said else ""


def _notes(seen: FunnelSeen, reader: Reader) -> list[kit.Text]:
    words = reader.words
    notes: list[kit.Text] = [
        words.gettext(
            "A line with few prospects is taken to be much like the team, and stands apart as numbers come in."
        )
    ]
    if seen.hidden_reps:
        notes.append(words.gettext("The own numbers of your colleagues are for them and for managers alone."))
    return notes


def _counts(one: Slice, reader: Reader) -> str:
    """What happened, and what would have at the team's pace."""
    words = reader.words
    return words.ngettext(
        "{n} went on (at the team's pace it would be {expected})",
        "{n} went on (at the team's pace it would be {expected})",
        round(one.observed),
        n=words.number(round(one.observed)),
        expected=figures.about(one.expected, reader),
    )


def _team(each: StepFigures, seen: FunnelSeen, reader: Reader) -> str:
    if not isinstance(each.found, Conversion):
        return reader.words.gettext("too few to tell")
    return _short(each.found.belief.range(seen.funnel.certainty), reader)


def _of_team(each: StepFigures, reader: Reader) -> str:
    if not isinstance(each.found, Conversion):
        return reader.words.gettext("too few to tell")
    return figures.of_many(each.found.curve.conversion, reader)


def _heading(seen: FunnelSeen, reader: Reader) -> str:
    gettext = reader.words.gettext
    if seen.funnel.by is Dimension.SOURCE:
        return gettext("Source")
    return gettext("Colleague") if seen.funnel.by is Dimension.REP else gettext("Script")


def _short(found: Range, reader: Reader) -> str:
    """For a cell: `31 (21–34)`."""
    number = reader.words.number
    low, share, high = (number(round(value * 100)) for value in (found.low, found.estimate, found.high))
    return f"{share} ({low}–{high})" if low != high else share


def _step(each: StepFigures) -> str:
    return f"{each.step.number} {each.step.name}"


def _back(slip: FunnelSlip, reader: Reader) -> kit.Element:
    whole = slip.model_copy(update={"by": None, "slice": None})
    return kit.button(reader.words.gettext("The whole team"), Action.FUNNEL_AGAIN, whole)
