"""What happened on a journey, in words: each act with all that it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.views import kit, prospects
from bot.views.markup import md
from bot.views.reader import Reader
from playbooks.events import (
    Advanced,
    Assigned,
    Contacted,
    DecisionForced,
    Entry,
    EvidenceTicked,
    Lost,
    NextActionSet,
    NoDecision,
    NotNow,
    Started,
    Undone,
    WaitAgreed,
    Won,
)
from playbooks.funnel.visits import RETURNED
from playbooks.history import Journey
from playbooks.model import Playbook, Step

Names = Mapping[int, str]
"""Members by id."""


@dataclass(frozen=True, slots=True)
class Act:
    """One change: what it did, the step it found the journey in, and who took it back, if anybody did."""

    entries: tuple[Entry, ...]
    step_number: int
    taken_back: Entry | None

    @property
    def first(self) -> Entry:
        """What the act was about: a next action only when there is nothing else."""
        return next((e for e in self.entries if not isinstance(e.event, NextActionSet)), self.entries[0])


def acts(journey: Journey) -> list[Act]:
    """The changes of a journey, oldest first. A taking back is told with what it took back."""
    undone = {entry.event.undoes: entry for entry in journey.history if isinstance(entry.event, Undone)}
    steps = _steps(journey.history)
    return [
        Act(tuple(entries), steps[change], undone.get(change))
        for change, entries in _changes(journey.history)
        if not isinstance(entries[0].event, Undone)
    ]


def last_taken_back(journey: Journey) -> Act | None:
    """What the last undo took back; None when the last change was none."""
    back = [act for act in acts(journey) if act.taken_back and act.taken_back.change == journey.history[-1].change]
    return back[-1] if back else None


def lines(act: Act, playbook: Playbook, names: Names, reader: Reader) -> list[kit.Text]:
    """A line for each thing that the act changed."""
    told = _Told(playbook, act.step_number, names, reader)
    return [line for entry in act.entries for line in told.lines(entry)]


def title(act: Act, playbook: Playbook, names: Names, reader: Reader) -> str:
    """The act in a few plain words: `the contact of 10:32 (Talked)`, `the advance to step 3, Demo`."""
    return _Told(playbook, act.step_number, names, reader).title(act.first)


def who(entry: Entry, names: Names, reader: Reader) -> str:
    """The member who did it; what Nextstep did by itself says so."""
    return "Nextstep" if entry.by is None else named(entry.by, names, reader)


def named(member: int, names: Names, reader: Reader) -> str:
    """A member's name; "somebody" when it is not known here."""
    return names.get(member) or reader.words.gettext("somebody")


def _changes(history: Sequence[Entry]) -> Iterator[tuple[int, list[Entry]]]:
    for change, entries in groupby(history, key=lambda entry: entry.change):
        yield change, list(entries)


def _steps(history: Sequence[Entry]) -> dict[int, int]:
    """The step in which each change found the journey."""
    entered: dict[int, int] = {}
    found: dict[int, int] = {}
    now = 1
    for entry in history:
        found.setdefault(entry.change, now)
        if isinstance(entry.event, Advanced):
            entered[entry.seq] = now = entry.event.step
        elif isinstance(entry.event, Undone) and entry.event.undoes in entered:
            now = entered[entry.event.undoes] - 1
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """The words for one event; `step_number` is where the journey was before it."""

    playbook: Playbook
    step_number: int
    names: Names
    reader: Reader

    def lines(self, entry: Entry) -> list[kit.Text]:
        """What an import brought says so, in the place of evidence and of a reason."""
        if not entry.imported:
            return self._lines(entry)
        line = self._lines(entry)[0]
        return [kit.joined([line, self.reader.words.gettext("imported")], " · ")]

    def _lines(self, entry: Entry) -> list[kit.Text]:  # noqa: PLR0911 - a case each kind
        gettext = self.reader.words.gettext
        match entry.event:
            case NextActionSet(action=action):
                return [md(gettext("→ {what}, {day}"), what=action.what, day=self.reader.day(action.on))]
            case Contacted() as contact:
                return [self._contact(contact), *_quoted(contact.note)]
            case EvidenceTicked(evidence=keys):
                return [self._evidence(keys)]
            case Advanced() as advanced:
                return [
                    md("*{title}*", title=self.title(entry)),
                    *self._shown(advanced.step - 1, advanced.evidence),
                    *_quoted(advanced.note),
                ]
            case Won(evidence=keys, note=note):
                shown = self._shown(self.playbook.last, keys)
                return [md("🎉 *{title}*", title=self.title(entry)), *shown, *_quoted(note)]
            case Started(source=str(source), note=note) if came_from := source.removeprefix(RETURNED):
                title = md(gettext("*{title}* · source: {source}"), title=self.title(entry), source=came_from)
                return [title, *_quoted(note)]
            case (
                Lost(text=text)
                | NoDecision(text=text)
                | NotNow(text=text)
                | WaitAgreed(why=text)
                | (Started(note=text) | Assigned(note=text))
            ):
                return [md("*{title}*", title=self.title(entry)), *_quoted(text)]
            case _:
                return [md("*{title}*", title=self.title(entry))]

    def title(self, entry: Entry) -> str:  # noqa: C901, PLR0911, PLR0912 - a case each kind
        gettext, reader = self.reader.words.gettext, self.reader
        match entry.event:
            case Started(returned=True):
                return gettext("Came back, in {step}", step=self._step(1))
            case Started(inferred=True):
                return gettext("Started in {step} (assumed by the import)", step=self._step(1))
            case Started():
                return gettext("Started in {step}", step=self._step(1))
            case NextActionSet(action=action):
                return gettext("Next action: {what}, {day}", what=action.what, day=reader.day(action.on))
            case Contacted(outcome=outcome):
                return self._outcome(outcome)
            case EvidenceTicked(evidence=keys):
                return gettext("Evidence: {n} of {all}", n=len(keys), all=len(self._here.evidence))
            case Advanced(step=step, inferred=True):
                return gettext("They decided, on to {step} (assumed by the import)", step=self._step(step))
            case Advanced(step=step):
                return gettext("They decided, on to {step}", step=self._step(step))
            case Won():
                return gettext("Won")
            case Lost(reason=reason):
                known = self.playbook.lost_reason(reason)
                return gettext("Lost: {reason}", reason=known.label if known else reason)
            case NoDecision():
                return gettext("Closed: no decision")
            case NotNow(returns_on=day):
                return gettext("Not now: comes back on {day}", day=reader.day(day))
            case WaitAgreed(until=day):
                return gettext("Waiting until {day}, as they asked", day=reader.day(day))
            case DecisionForced(due_on=day):
                return gettext("Asked to decide by {day}", day=reader.day(day))
            case Assigned(owner=owner):
                return gettext("Handed over to {name}", name=named(owner, self.names, reader))
            case Undone():
                return gettext("Taken back")

    @property
    def _here(self) -> Step:
        return self.playbook.step(self.step_number)

    def _step(self, number: int) -> str:
        return prospects.place(number, self.playbook.step(number).name, self.playbook.last, self.reader)

    def _outcome(self, key: str) -> str:
        outcome = self.playbook.outcome(key)
        return outcome.label if outcome else key

    def _contact(self, contact: Contacted) -> kit.Mrkdwn:
        """`*Talked* · Call · script B · 20 min`."""
        words = self.reader.words
        moment = self._here.moment(contact.moment) if contact.moment else None
        parts: list[kit.Text] = [md("*{outcome}*", outcome=self._outcome(contact.outcome))]
        if moment:
            parts.append(moment.name)
        if contact.script:
            parts.append(words.gettext("script {variant}", variant=_variant(contact.script)))
        if contact.minutes is not None:
            parts.append(words.minutes(contact.minutes))
        return kit.joined(parts, " · ")

    def _evidence(self, keys: Sequence[str]) -> kit.Text:
        gettext = self.reader.words.gettext
        there = "; ".join(item.text for item in self._here.evidence if item.key in keys)
        counted = gettext("Evidence: {n} of {all}", n=len(keys), all=len(self._here.evidence))
        return md("*{counted}* · {there}", counted=counted, there=there) if there else md("*{it}*", it=counted)

    def _shown(self, number: int, keys: Sequence[str]) -> list[kit.Text]:
        """The evidence that showed a decision."""
        return [f"✓ {item.text}" for item in self.playbook.step(number).evidence if item.key in keys]


def _quoted(text: str | None) -> list[kit.Text]:
    return [kit.joined(["“", text, "”"], "")] if text else []


def _variant(script: str) -> str:
    """The letter in `step1/call/B@3f2a...`."""
    return script.rpartition("/")[2].partition("@")[0]
