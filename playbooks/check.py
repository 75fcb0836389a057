"""What a playbook lacks: gaps and contradictions that a schema cannot see.

It looks at the tree of the file and not at the finished playbook, so that a typing error in one step does
not hide a gap in another. What is missing or of the wrong sort is passed over: the loader says that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from playbooks.defaults import OTHER
from playbooks.fault_codes import FaultCode
from playbooks.faults import Fault, quoted
from playbooks.marked_yaml import Items, Keys, Node, Scalar
from playbooks.model import WON, Counts, Waiting, WhenDue
from playbooks.prospect import Person, Prospect
from playbooks.script_syntax import LONGEST_SCRIPT, check_script
from playbooks.script_variables import VARIABLE_NAME
from playbooks.scripts import Facts, render

Faults = Iterator[Fault]

LONGEST_VALUE = 300
"""What a variable of a playbook may have; names of people and companies stay below it."""


def check(root: Keys, file: str) -> tuple[Fault, ...]:
    """Every gap and contradiction in a playbook's tree."""
    return tuple(_Checked(file, root).faults())


@dataclass(frozen=True, slots=True)
class _Position:
    """A step with its place in the order: what it is called in faults, and what it has to ask for."""

    step: Keys
    number: int
    last: bool

    @property
    def where(self) -> str:
        return f"step{self.number}"

    @property
    def asks_for(self) -> str:
        return WON if self.last else f"step{self.number + 1}"


@dataclass(frozen=True, slots=True)
class _Checked:
    file: str
    root: Keys

    def faults(self) -> Faults:
        yield from self._lists()
        yield from self._variables()
        steps = self.root.items("steps")
        if self.root.is_empty("steps"):
            yield self._fault(self.root.line_of("steps"), FaultCode.NO_STEPS)
        for number, step in enumerate(steps, start=1):
            if isinstance(step, Keys):
                yield from self._step(_Position(step, number, last=number == len(steps)))
        yield from self._twice(self.root.blocks("steps"), "name", "steps")

    def _step(self, position: _Position) -> Faults:
        yield from self._gaps(position)
        yield from self._limits(position)
        yield from self._asks(position)
        yield from self._scripts(position)
        yield from self._plain_words(position)
        step, where = position.step, position.where
        yield from self._twice(step.blocks("evidence"), "key", f"{where}/evidence")
        yield from self._twice(step.blocks("moments"), "key", f"{where}/moments")
        yield from self._twice(step.blocks("objections"), "says", f"{where}/objections")
        for moment in step.blocks("moments"):
            yield from self._twice(moment.blocks("scripts"), "variant", _moment(position, moment))

    def _gaps(self, position: _Position) -> Faults:
        step, where = position.step, position.where
        key = step.text("key")
        if key is not None and key != where:
            details = {"number": str(position.number), "value": quoted(key)}
            yield self._fault(step.line_of("key"), FaultCode.STEP_NUMBER, where, **details)
        for name, code in _NEEDED.items():
            if step.is_empty(name):
                yield self._fault(step.line_of(name), code, where)
        evidence = step.blocks("evidence")
        if evidence and all((item.text("required") or "").lower() in _NO for item in evidence):
            yield self._fault(step.line_of("evidence"), FaultCode.NO_REQUIRED_EVIDENCE, where)
        for moment in step.blocks("moments"):
            if moment.is_empty("scripts"):
                yield self._fault(moment.line_of("scripts"), FaultCode.NO_SCRIPTS, _moment(position, moment))

    def _limits(self, position: _Position) -> Faults:
        step, where = position.step, position.where
        stalled, due = step.number("stalled_after"), step.number("decision_due_after")
        if stalled and due and stalled > due:
            details = {"stalled": str(stalled), "due": str(due)}
            yield self._fault(step.line_of("stalled_after"), FaultCode.STALLED_AFTER_DUE, where, **details)
        last_moment = sum(moment.number("after") or 0 for moment in step.blocks("moments"))
        if due and last_moment > due:
            details = {"last": str(last_moment), "due": str(due)}
            line = step.line_of("decision_due_after")
            yield self._fault(line, FaultCode.DUE_BEFORE_LAST_MOMENT, where, **details)
        if when_due := step.block("when_due"):
            yield from self._when_due(when_due, where)
        if waiting := step.block("waiting"):
            yield from self._waiting(waiting, where)

    def _when_due(self, when_due: Keys, where: str) -> Faults:
        usual = WhenDue()
        escalate = _number(when_due, "escalate_after", usual.escalate_after)
        close = _number(when_due, "close_after", usual.close_after)
        if close < escalate:
            details = {"close": str(close), "escalate": str(escalate)}
            line = when_due.line_of("close_after")
            yield self._fault(line, FaultCode.CLOSE_BEFORE_ESCALATE, where, **details)

    def _waiting(self, waiting: Keys, where: str) -> Faults:
        usual = Waiting()
        days, times = _number(waiting, "days", usual.days), _number(waiting, "times", usual.times)
        if (days == 0) != (times == 0):
            details = {"days": str(days), "times": str(times)}
            yield self._fault(waiting.line, FaultCode.HALF_WAITING, where, **details)

    def _asks(self, position: _Position) -> Faults:
        for ask, where in _asks_of(position):
            asked = ask.text("step")
            if asked is not None and asked != position.asks_for:
                details = {"value": quoted(asked), "expected": position.asks_for}
                yield self._fault(ask.line_of("step"), FaultCode.WRONG_ASK, where, **details)

    def _scripts(self, position: _Position) -> Faults:
        our = self._our()
        for node, where in _scripts_of(position):
            text = node.text or ""
            said = text.strip()
            if len(said) > LONGEST_SCRIPT:
                continue  # the loader says so
            skipped = text[: len(text) - len(text.lstrip())].count("\n")
            mistakes = check_script(said, our, last=position.last)
            for mistake in mistakes:
                line = node.line_within(mistake.line + skipped)
                yield Fault(self.file, line, mistake.code, where, mistake.details)
            if not mistakes and _may_grow(said) and render(said, _sample(our)).cut:
                limit = str(LONGEST_SCRIPT)
                yield self._fault(node.line, FaultCode.SCRIPT_GROWS_TOO_LONG, where, limit=limit)

    def _our(self) -> dict[str, str]:
        """The playbook's own variables."""
        variables = self.root.block("variables")
        return {name: variables.text(name) or "" for name in variables.nodes} if variables else {}

    def _plain_words(self, position: _Position) -> Faults:
        """Braces where nothing fills them in would be read out to a prospect."""
        step, where = position.step, position.where
        texts = [(step, "name", where), (step, "decision", where)]
        texts += [(item, "text", f"{where}/evidence") for item in step.blocks("evidence")]
        texts += [(item, "name", _moment(position, item)) for item in step.blocks("moments")]
        texts += [(item, "says", f"{where}/objections") for item in step.blocks("objections")]
        for block, key, place in texts:
            if found := _braces(block.text(key)):
                line = block.line_of(key)
                yield self._fault(line, FaultCode.BRACES_OUTSIDE_SCRIPT, f"{place}/{key}", braces=found)

    def _lists(self) -> Faults:
        outcomes, reasons = self.root.blocks("outcomes"), self.root.blocks("lost_reasons")
        yield from self._twice(outcomes, "key", "outcomes")
        yield from self._twice(reasons, "key", "lost_reasons")
        yield from self._twice_said(outcomes, "outcomes")
        yield from self._twice_said(reasons, "lost_reasons")
        if "outcomes" in self.root.nodes and not any(_is_contact(outcome) for outcome in outcomes):
            yield self._fault(self.root.line_of("outcomes"), FaultCode.NO_CONTACT_OUTCOME)
        if "lost_reasons" in self.root.nodes and not any(reason.text("key") == OTHER for reason in reasons):
            yield self._fault(self.root.line_of("lost_reasons"), FaultCode.NO_OTHER_REASON)

    def _variables(self) -> Faults:
        variables = self.root.block("variables")
        for name in variables.nodes if variables else ():
            line = variables.line_of(name) if variables else 1
            where = f"variables/{quoted(name)[1:-1]}"
            if not VARIABLE_NAME.match(name):
                yield self._fault(line, FaultCode.BAD_VARIABLE_NAME, where)
            if variables and (found := _braces(variables.text(name))):
                yield self._fault(line, FaultCode.BRACES_OUTSIDE_SCRIPT, where, braces=found)

    def _twice(self, blocks: Iterable[Keys], key: str, where: str) -> Faults:
        """Blocks of one list that share what names them."""
        first: dict[str, int] = {}
        for block in blocks:
            text = block.text(key)
            if text is None:
                continue
            line = block.line_of(key)
            if (seen := first.setdefault(_folded(text), line)) != line:
                details = {"value": quoted(text)[1:-1], "first": str(seen)}
                yield self._fault(line, FaultCode.TWICE, where, **details)

    def _twice_said(self, blocks: Iterable[Keys], where: str) -> Faults:
        """Words to type that stand for two things of one list."""
        owners: dict[str, Keys] = {}
        for block in blocks:
            aliases = [node for node in block.items("aliases") if isinstance(node, Scalar) and node.text]
            for alias in aliases:
                owner = owners.setdefault(_folded(alias.text or ""), block)
                if owner is not block:
                    details = {"value": quoted(alias.text or "")[1:-1], "first": str(owner.line)}
                    yield self._fault(alias.line, FaultCode.TWICE, f"{where}/aliases", **details)

    def _fault(self, line: int, code: FaultCode, where: str = "playbook", **details: str) -> Fault:
        return Fault(self.file, line, code, where, details)


_NEEDED = {
    "evidence": FaultCode.NO_EVIDENCE,
    "moments": FaultCode.NO_MOMENTS,
    "objections": FaultCode.NO_OBJECTIONS,
    "decision_script": FaultCode.NO_DECISION_SCRIPT,
}


def _may_grow(script: str) -> bool:
    """Whether a script could pass the limit at all; filling in each one to find out takes long."""
    return "{%" in script or len(script) + script.count("{{") * LONGEST_VALUE > LONGEST_SCRIPT


def _sample(our: Mapping[str, str]) -> Facts:
    """A prospect of the size that one meets: a script has to fit with it."""
    person = Person("Maximiliane van der Velden", "Head of operations", "+31 20 123 45 67", "m.velden@example.org")
    prospect = Prospect(0, 0, "Van der Velden & Partners", "trade fair", 12_500, (person,) * 5)
    return Facts(prospect, "Alexander de Boer", "This step", "The next step", date(2026, 9, 23), our)


_NO = {"false", "no", "off", "0", "f", "n"}


def _asks_of(position: _Position) -> Iterator[tuple[Keys, str]]:
    """Every ask of a step, with its place."""
    if sells := position.step.block("sells"):
        yield sells, f"{position.where}/sells"
    for talk, where in _talks_of(position):
        if ask := talk.block("ask"):
            yield ask, f"{where}/ask"


def _talks_of(position: _Position) -> Iterator[tuple[Keys, str]]:
    """The decision script and every variant of every moment, with its place."""
    if decision := position.step.block("decision_script"):
        yield decision, f"{position.where}/decision_script"
    for moment in position.step.blocks("moments"):
        for script in moment.blocks("scripts"):
            yield script, f"{_moment(position, moment)}/{quoted(script.text('variant') or '?')[1:-1]}"


def _scripts_of(position: _Position) -> Iterator[tuple[Scalar, str]]:
    """Every text of a step that is filled in, with its place."""
    for ask, where in _asks_of(position):
        yield from _texts(ask.nodes.get("words"), f"{where}/words")
    for talk, where in _talks_of(position):
        yield from _texts(talk.nodes.get("opening"), f"{where}/opening")
        yield from _texts(talk.nodes.get("questions"), f"{where}/questions")
    for number, objection in enumerate(position.step.blocks("objections"), start=1):
        yield from _texts(objection.nodes.get("answer"), f"{position.where}/objections[{number}]/answer")


def _texts(node: Node | None, where: str) -> Iterator[tuple[Scalar, str]]:
    if isinstance(node, Scalar):
        yield node, where
    elif isinstance(node, Items):
        for number, item in enumerate(node.nodes, start=1):
            if isinstance(item, Scalar):
                yield item, f"{where}[{number}]"


def _moment(position: _Position, moment: Keys) -> str:
    return f"{position.where}/{quoted(moment.text('key') or 'moments')[1:-1]}"


def _number(block: Keys, key: str, usual: int) -> int:
    found = block.number(key)
    return usual if found is None else found


def _braces(text: str | None) -> str | None:
    return next((sign for sign in ("{{", "{%", "{#") if sign in (text or "")), None)


def _is_contact(outcome: Keys) -> bool:
    return outcome.text("counts") == Counts.CONTACT.value


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
