"""`/funnel`: how many go on in each step, how sure that is, and which step needs attention most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.usecases.see_funnel import FunnelSeen
from bot.views import figures, funnel_slices, kit, whole_funnel
from bot.views.elements import Option
from bot.views.figures import sentence
from bot.views.ids import Action
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.number_slips import ChartSlip, FunnelSlip, Picture, PlanSlip, Topic, WhySlip
from bot.views.reader import Reader
from bot.views.typed_words import typed
from playbooks.funnel.conversion import MOST_UNRESOLVED, Conversion, TooFew
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.picture import StepFigures


def message(seen: FunnelSeen, slip: FunnelSlip, reader: Reader) -> Message:
    """What matters most first: the step that needs attention, then from first step to customer, then each step."""
    title = reader.words.gettext(
        "{playbook}: who goes on, {weeks}",
        playbook=seen.playbook.name,
        weeks=figures.period(seen.funnel.weeks, reader),
    )
    if slip.by is not None:
        return funnel_slices.message(seen, slip, title, reader)
    cards = [_step(each, seen, slip, reader) for each in seen.funnel.steps]
    blocks = [kit.header(title), *_first(seen, slip, reader), kit.divider(), *cards]
    return kit.message(
        kit.joined([title, *_spoken(seen, reader)]),
        *blocks,
        kit.context(kit.joined(_notes(seen, reader), " ")),
        kit.actions(*_ways_on(slip, reader)),
    )


def not_yours(name: str, leaders: Sequence[str], reader: Reader) -> Message:
    """Who may see a rep's own numbers."""
    words = reader.words
    if not leaders:
        return kit.message(
            words.gettext("The own numbers of {name} are for {name} and for managers alone.", name=name)
        )
    return kit.message(
        words.gettext(
            "The own numbers of {name} are for {name} and for managers alone: ask {leaders}.",
            name=name,
            leaders=words.list_of(list(leaders[:5])),
        )
    )


def card(each: StepFigures, seen: FunnelSeen, reader: Reader) -> kit.Mrkdwn:
    """All that is told of one step: counts first, then the share with its range, days, and change."""
    found, head = each.found, each.step
    if isinstance(found, TooFew):
        few = figures.too_few(found.tally, reader)
        lines: list[kit.Text] = [md("*{step} {name}*: {few}", step=head.number, name=head.name, few=few)]
        assumed = figures.expected(each, reader)
        return kit.joined([*lines, assumed] if assumed else lines)
    counts = figures.counted(each.tally, reader)
    share = figures.conversion(each, reader, seen.funnel.certainty)
    if wider := figures.widened(each, seen.funnel.weeks, reader):
        share = f"{share} ({wider})"
    return kit.joined(
        [
            md("*{step} {name}*: {counts}", step=head.number, name=head.name, counts=counts),
            md("*{share}*", share=sentence(share)),
            *_time_and_change(each, seen, reader),
        ]
    )


def _time_and_change(each: StepFigures, seen: FunnelSeen, reader: Reader) -> Iterable[str]:
    words, found = reader.words, each.found
    if isinstance(found, Conversion) and found.unresolved > MOST_UNRESOLVED:
        yield words.gettext("{share} were still undecided then.", share=figures.of_many(found.unresolved, reader))
    if each.days is not None:
        yield words.gettext("Time: {days}.", days=figures.days(each.days, reader))
    if each.change is not None:
        yield sentence(figures.changed(each.change, seen.funnel.weeks, reader))
    if each.tally.inferred:
        yield words.ngettext(
            "{n} more skipped this step in an import: left out.",
            "{n} more skipped this step in an import: left out.",
            each.tally.inferred,
            n=words.number(each.tally.inferred),
        )


def _first(seen: FunnelSeen, slip: FunnelSlip, reader: Reader) -> list[Block]:
    """What a reader in a hurry needs: one sentence on where to look, and what comes out at the end."""
    if _is_new(seen):
        return [kit.section(" ".join([_nobody_yet(seen, reader), *whole_funnel.overall(seen.funnel, reader)]))]
    blocks = [
        kit.section(
            md("*{bottleneck}*", bottleneck=whole_funnel.bottleneck(seen.funnel, reader)),
            accessory=_why(Topic.BOTTLENECK, slip, reader),
        )
    ]
    if overall := whole_funnel.overall(seen.funnel, reader):
        blocks.append(kit.section(" ".join(overall), accessory=_why(Topic.OVERALL, slip, reader)))
    return blocks


def _is_new(seen: FunnelSeen) -> bool:
    """Nobody came in before the day the numbers are of."""
    return seen.first_day is None or seen.first_day >= seen.funnel.as_of


def _nobody_yet(seen: FunnelSeen, reader: Reader) -> str:
    words = reader.words
    if all(each.used is not None for each in seen.funnel.steps):
        return words.gettext(
            "Nobody came in before today, so here is what the playbook expects; your own numbers take over."
        )
    return words.gettext("Nobody came in before today. Add a prospect, and from tomorrow it counts here.")


def _step(each: StepFigures, seen: FunnelSeen, slip: FunnelSlip, reader: Reader) -> Block:
    return kit.section(card(each, seen, reader), accessory=_why(Topic.STEP, slip, reader, each.step.number))


def _spoken(seen: FunnelSeen, reader: Reader) -> list[kit.Text]:
    """The same for who sees no blocks."""
    first = [_nobody_yet(seen, reader)] if _is_new(seen) else [whole_funnel.bottleneck(seen.funnel, reader)]
    said = [str(card(each, seen, reader)).replace("*", "").replace("\n", " ") for each in seen.funnel.steps]
    return [*first, *whole_funnel.overall(seen.funnel, reader), *map(kit.Mrkdwn, said)]


def _notes(seen: FunnelSeen, reader: Reader) -> list[kit.Text]:
    words = reader.words
    notes: list[kit.Text] = [
        words.gettext(
            "Counted until {day}; what happened since counts from tomorrow.",
            day=reader.day(seen.funnel.as_of - timedelta(days=1)),
        ),
        words.gettext(
            "“Between”: {often} the true number lies there. Undecided ones are neither lost nor left out.",
            often=figures.often(seen.funnel.certainty, reader),
        ),
    ]
    if seen.funnel.is_assumed:
        notes.append(
            words.gettext(
                "Where too few decided, the playbook's expectation stands in; your own numbers take over after "
                "some ten decided prospects."
            )
        )
    if seen.others:
        other = f"{typed('playbook:', reader)}{seen.others[0]}"
        notes.append(
            md(
                words.gettext("Another playbook: {command}"),
                command=kit.code(reader.command("funnel", other)),
            )
        )
    return notes


def _ways_on(slip: FunnelSlip, reader: Reader) -> list[kit.Element]:
    gettext = reader.words.gettext
    splits = {
        Dimension.SOURCE: gettext("By source"),
        Dimension.REP: gettext("By colleague"),
        Dimension.VARIANT: gettext("By script"),
    }
    chart = ChartSlip(picture=Picture.FUNNEL, funnel=slip)
    wider = slip.model_copy(update={"weeks": None if slip.weeks else 13})
    return [
        kit.button(gettext("Chart"), Action.CHART, chart),
        kit.select(
            Action.FUNNEL_SPLIT,
            [
                Option(
                    text, slip.model_copy(update={"by": by, "slice": None}).model_dump_json(exclude_defaults=True)
                )
                for by, text in splits.items()
            ],
            placeholder=gettext("Split it"),
        ),
        kit.button(gettext("All weeks") if slip.weeks else gettext("Last 13 weeks"), Action.FUNNEL_AGAIN, wider),
        kit.button(gettext("Plan"), Action.SHOW_PLAN, PlanSlip(playbook=slip.playbook)),
    ]


def _why(topic: Topic, slip: FunnelSlip, reader: Reader, step: int = 0) -> kit.Element:
    return kit.button(reader.words.gettext("Why?"), Action.WHY, WhySlip(topic=topic, step=step, funnel=slip))


def _split(slip: FunnelSlip, by: Dimension) -> str:
    return slip.model_copy(update={"by": by, "slice": None}).model_dump_json(exclude_defaults=True)
