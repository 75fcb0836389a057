"""What a script may say: an allow-list over Jinja2's syntax.

Jinja2's sandbox stops attacks on the program, not on its time or memory (`'a' * 10**8`), and it finds a
misspelt variable only while a rep is on the phone. So a script is read here first, and whatever is not
listed is refused: variables and their parts, a few filters, `if`, and `for` over the people.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from rapidfuzz import fuzz, process

from playbooks.fault_codes import FaultCode
from playbooks.faults import quoted
from playbooks.script_variables import DEFAULT, FILTERS, LOOP, NEXT_STEP, PERSON, RESERVED, Kind, Known, variables

LONGEST_SCRIPT = 3000
MAX_WORDS = 30
"""The most words and signs in one tag: the parser recurses on them, so this bounds its depth."""
MAX_LEVELS = 6
MAX_NUMBER = 10**12


_LOOP_NAME = re.compile(r"^[a-z][a-z_]{0,19}$")
_ORDERED = {"lt", "lteq", "gt", "gteq"}


@dataclass(frozen=True, slots=True)
class ScriptMistake:
    """Something a script may not say. `line` counts from 1 within the script."""

    code: FaultCode
    line: int
    details: Mapping[str, str] = field(default_factory=dict)


def check_script(text: str, our: Collection[str] = (), *, last: bool = False) -> tuple[ScriptMistake, ...]:
    """Every mistake in a script, none when it is safe to fill in.

    `our` names the playbook's own variables; `last` says that the script belongs to the last step, which
    has no next one.
    """
    if len(text) > LONGEST_SCRIPT:
        details = {"length": str(len(text)), "limit": str(LONGEST_SCRIPT)}
        return (ScriptMistake(FaultCode.SCRIPT_TOO_LONG, 1, details),)
    return _checked(text, tuple(sorted(our)), last)


@lru_cache(maxsize=1024)
def _checked(text: str, our: tuple[str, ...], last: bool) -> tuple[ScriptMistake, ...]:
    try:
        if mistake := _tangle(text):
            return (mistake,)
        tree = _reader().parse(text)
    except TemplateSyntaxError as error:
        problem = quoted(error.message or "?")[1:-1]
        return (ScriptMistake(FaultCode.SCRIPT_SYNTAX, error.lineno, {"problem": problem}),)
    check = _Check(last)
    check.body(tree.body, _Scope(variables(our)))
    return tuple(check.mistakes)


@lru_cache(maxsize=1)
def _reader() -> Environment:
    """Reads scripts and never runs them; `scripts.py` has the one that fills them in."""
    return Environment(autoescape=False)  # noqa: S701 - words for Slack and the phone, no HTML


def _tangle(text: str) -> ScriptMistake | None:
    """The first tag that is too long or too deep for the parser, which recurses on both."""
    words = levels = 0
    previous = ""
    for line, sort, value in _reader().lex(text):
        if sort in ("block_begin", "variable_begin"):
            words = 0
        elif sort in ("name", "operator", "string", "integer", "float"):
            words += 1
        if previous == "block_begin" and sort != "whitespace":
            levels += _level(value)
        if words > MAX_WORDS or levels > MAX_LEVELS:
            details = {"parts": str(MAX_WORDS), "levels": str(MAX_LEVELS)}
            return ScriptMistake(FaultCode.SCRIPT_TOO_COMPLICATED, line, details)
        if sort == "string" and "\\" in value:
            return ScriptMistake(FaultCode.NOT_ALLOWED, line, {"syntax": "\\"})
        previous = previous if sort == "whitespace" else sort
    return None


def _level(tag: str) -> int:
    """How a tag changes the depth: `if` goes one deeper, `endif` back, `else` stays."""
    if tag in ("else", "elif"):
        return 0
    return -1 if tag.startswith("end") else 1


@dataclass(frozen=True, slots=True)
class _Scope:
    """The variables known at a place in the script; within a loop its own as well."""

    variables: Mapping[str, Known]
    looping: bool = False


_SIGNS: Mapping[type[nodes.Node], str] = {
    nodes.Add: "+",
    nodes.Sub: "-",
    nodes.Neg: "-",
    nodes.Pos: "+",
    nodes.Mul: "*",
    nodes.Pow: "**",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
    nodes.Mod: "%",
    nodes.Concat: "~",
    nodes.Call: "( )",
    nodes.Getitem: "[ ]",
    nodes.List: "[ ]",
    nodes.Dict: "{ }",
    nodes.Tuple: ",",
    nodes.Test: "is",
    nodes.CondExpr: "{{ .. if .. }}",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.FromImport: "from",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.Scope: "autoescape",
}
_OPERATORS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "notin": "not in"}


class _Check:
    """Walks a parsed script and notes what is not on the list; it goes on, so that all is said at once."""

    def __init__(self, last: bool) -> None:
        self.mistakes: list[ScriptMistake] = []
        self._last = last

    def body(self, body: Iterable[nodes.Node], scope: _Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: _Scope) -> None:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    self._shown(part, scope)
        elif isinstance(node, nodes.If):
            self._if(node, scope)
        elif isinstance(node, nodes.For):
            self._for(node, scope)
        else:
            self._refuse(node)

    def _if(self, node: nodes.If, scope: _Scope) -> None:
        for branch in (node, *node.elif_):
            self._condition(branch.test, scope)
            self.body(branch.body, scope)
        self.body(node.else_, scope)

    def _for(self, node: nodes.For, scope: _Scope) -> None:
        if scope.looping:
            self._note(node, FaultCode.LOOP_IN_LOOP)
            return
        if node.test is not None:
            self._note(node, FaultCode.NOT_ALLOWED, syntax="for .. if")
        if node.recursive:
            self._note(node, FaultCode.NOT_ALLOWED, syntax="recursive")
        if self._value(node.iter, scope) not in (Kind.LIST, None):
            self._note(node, FaultCode.NOT_A_LIST, known="people")
        name = node.target.name if isinstance(node.target, nodes.Name) else ","
        if not _LOOP_NAME.match(name) or name in RESERVED:
            self._note(node, FaultCode.LOOP_NAME, name=quoted(name)[1:-1])
        inner: dict[str, Known] = {**scope.variables, name: PERSON, "loop": LOOP}
        self.body(node.body, _Scope(inner, looping=True))
        self.body(node.else_, scope)

    def _shown(self, node: nodes.Expr, scope: _Scope) -> None:
        """What stands between {{ and }}: something that has words."""
        kind = self._value(node, scope)
        name = _spelled(node)
        if kind is Kind.FLAG:
            self._note(node, FaultCode.ONLY_IN_CONDITION, name=name)
        elif kind in (Kind.THING, Kind.LIST):
            parts = scope.variables.get(name)
            first = next(iter(parts), "name") if isinstance(parts, Mapping) else "name"
            self._note(node, FaultCode.WHICH_PART, name=name, closest=first)

    def _condition(self, node: nodes.Node, scope: _Scope) -> None:
        if isinstance(node, (nodes.And, nodes.Or)):
            self._condition(node.left, scope)
            self._condition(node.right, scope)
        elif isinstance(node, nodes.Not):
            self._condition(node.node, scope)
        elif isinstance(node, nodes.Compare):
            self._compare(node, scope)
        else:
            self._value(node, scope)

    def _compare(self, node: nodes.Compare, scope: _Scope) -> None:
        sides = [self._value(side, scope) for side in (node.expr, *(operand.expr for operand in node.ops))]
        operator = node.ops[0].op
        allowed: set[Kind | None] = {Kind.NUMBER} if operator in _ORDERED else {Kind.NUMBER, Kind.TEXT}
        known = set(sides) - {None}
        comparable = len(sides) == 2 and len(known) <= 1 and known <= allowed  # noqa: PLR2004 - two sides
        if operator not in _OPERATORS or operator == "notin" or not comparable:
            self._note(node, FaultCode.NOT_COMPARABLE)

    def _value(self, node: nodes.Node, scope: _Scope) -> Kind | None:
        """The kind of a value, None when it is a mistake (which is noted)."""
        if isinstance(node, nodes.Const):
            return self._constant(node)
        if isinstance(node, nodes.Name):
            return self._variable(node, scope)
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            return self._part(node, node.node, scope)
        if isinstance(node, nodes.Filter):
            return self._filter(node, scope)
        self._refuse(node)
        return None

    def _constant(self, node: nodes.Const) -> Kind | None:
        if isinstance(node.value, str):
            return Kind.TEXT
        if type(node.value) is int and abs(node.value) <= MAX_NUMBER:
            return Kind.NUMBER
        self._note(node, FaultCode.NOT_ALLOWED, syntax=quoted(f"{node.value!r:.40}"))
        return None

    def _variable(self, node: nodes.Name, scope: _Scope) -> Kind | None:
        known = scope.variables.get(node.name)
        if known is None:
            self._note(
                node, FaultCode.UNKNOWN_VARIABLE, name=quoted(node.name)[1:-1], **_like(node.name, scope.variables)
            )
            return None
        self._refuse_next_step(node)
        return known if isinstance(known, Kind) else Kind.THING

    def _part(self, node: nodes.Getattr, owner: nodes.Name, scope: _Scope) -> Kind | None:
        if self._variable(owner, scope) is None:
            return None
        parts = scope.variables[owner.name]
        part = quoted(node.attr)[1:-1]
        if isinstance(parts, Kind):
            self._note(node, FaultCode.NO_PARTS, name=owner.name, part=part)
            return None
        if node.attr not in parts:
            self._note(node, FaultCode.UNKNOWN_PART, name=owner.name, part=part, **_like(node.attr, parts))
            return None
        return parts[node.attr]

    def _filter(self, node: nodes.Filter, scope: _Scope) -> Kind | None:
        if node.node is None or node.name not in FILTERS:
            self._note(node, FaultCode.UNKNOWN_FILTER, name=quoted(node.name)[1:-1], known=", ".join(FILTERS))
            return None
        if not _takes(node):
            self._note(node, FaultCode.FILTER_ARGUMENT, name=node.name)
            return None
        kind = self._value(node.node, scope)
        if kind in (Kind.THING, Kind.LIST, Kind.FLAG) or (node.name != DEFAULT and kind not in (Kind.TEXT, None)):
            self._note(node, FaultCode.FILTER_NEEDS_TEXT, name=node.name)
            return None
        return kind

    def _refuse_next_step(self, node: nodes.Name) -> None:
        if self._last and node.name == NEXT_STEP:
            self._note(node, FaultCode.NO_NEXT_STEP)

    def _refuse(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Compare):
            sign = _OPERATORS.get(node.ops[0].op, node.ops[0].op)
        elif isinstance(node, nodes.Getattr):
            sign = f". {node.attr:.40}"
        else:
            sign = _SIGNS.get(type(node), type(node).__name__.lower())
        self._note(node, FaultCode.NOT_ALLOWED, syntax=quoted(sign))

    def _note(self, node: nodes.Node, code: FaultCode, **details: str) -> None:
        self.mistakes.append(ScriptMistake(code, node.lineno or 1, details))


def _takes(node: nodes.Filter) -> bool:
    """Whether a filter has the arguments it takes: one text for `default`, none for the others."""
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        return False
    if node.name != DEFAULT:
        return not node.args
    return len(node.args) == 1 and isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str)


def _spelled(node: nodes.Node) -> str:
    """A variable as the author wrote it."""
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


def _like(name: str, known: Iterable[str]) -> dict[str, str]:
    """The known names, and the one that is spelled most like this one."""
    names = list(known)
    best = process.extractOne(name, names, scorer=fuzz.ratio)
    return {"closest": best[0] if best else "", "known": ", ".join(names) or "-"}
