"""Gaps and contradictions in a playbook."""

from collections.abc import Callable

import pytest

from playbooks.fault_codes import FaultCode
from playbooks.loader import read_playbook
from tests.unit.playbooks.playbook_text import FILE, Content, codes, content, moment, sentences, text

Spoil = Callable[[Content, Content], object]


def _opening(words: str) -> Spoil:
    return lambda first, last: last["moments"][0]["scripts"][0].update(opening=words)


GAPS: list[tuple[Spoil, FaultCode, str]] = [
    (lambda first, last: first.pop("evidence"), FaultCode.NO_EVIDENCE, "step1"),
    (lambda first, last: first.update(evidence=[]), FaultCode.NO_EVIDENCE, "step1"),
    (lambda first, last: first["evidence"][0].update(required=False), FaultCode.NO_REQUIRED_EVIDENCE, "step1"),
    (lambda first, last: first.update(moments=None), FaultCode.NO_MOMENTS, "step1"),
    (lambda first, last: first["moments"][0].update(scripts=[]), FaultCode.NO_SCRIPTS, "step1/call"),
    (lambda first, last: last.pop("objections"), FaultCode.NO_OBJECTIONS, "step2"),
    (lambda first, last: last.pop("decision_script"), FaultCode.NO_DECISION_SCRIPT, "step2"),
    (lambda first, last: first["sells"].update(step="won"), FaultCode.WRONG_ASK, "step1/sells"),
    (lambda first, last: last["sells"].update(step="step3"), FaultCode.WRONG_ASK, "step2/sells"),
    (lambda first, last: first["sells"].update(step="the order"), FaultCode.WRONG_ASK, "step1/sells"),
    (lambda first, last: first["decision_script"]["ask"].update(step="step1"), FaultCode.WRONG_ASK,
     "step1/decision_script/ask"),
    (lambda first, last: first["moments"][0]["scripts"][0]["ask"].update(step="step3"), FaultCode.WRONG_ASK,
     "step1/call/A/ask"),
    (lambda first, last: last.update(key="step3"), FaultCode.STEP_NUMBER, "step2"),
    (lambda first, last: last.update(key="step1"), FaultCode.STEP_NUMBER, "step2"),
    (lambda first, last: last.update(key="closing"), FaultCode.STEP_NUMBER, "step2"),
    (lambda first, last: last.update(name="step  NUMBER 1"), FaultCode.TWICE, "steps"),
    (lambda first, last: first.update(stalled_after=11), FaultCode.STALLED_AFTER_DUE, "step1"),
    (lambda first, last: first["moments"].append(moment("later", dict(first["sells"]), after=10)),
     FaultCode.DUE_BEFORE_LAST_MOMENT, "step1"),
    (lambda first, last: first.update(when_due={"escalate_after": 3, "close_after": 2}),
     FaultCode.CLOSE_BEFORE_ESCALATE, "step1"),
    (lambda first, last: first.update(when_due={"escalate_after": 6}), FaultCode.CLOSE_BEFORE_ESCALATE, "step1"),
    (lambda first, last: first.update(waiting={"days": 0}), FaultCode.HALF_WAITING, "step1"),
    (lambda first, last: first.update(waiting={"times": 0}), FaultCode.HALF_WAITING, "step1"),
    (lambda first, last: first["evidence"].append({"key": "date", "text": "Again"}), FaultCode.TWICE,
     "step1/evidence"),
    (lambda first, last: first["moments"].append(moment("call", dict(first["sells"]))), FaultCode.TWICE,
     "step1/moments"),
    (lambda first, last: first["moments"][0]["scripts"].append(first["moments"][0]["scripts"][0]),
     FaultCode.TWICE, "step1/call"),
    (lambda first, last: first["objections"].append({"says": "no TIME", "answer": "x"}), FaultCode.TWICE,
     "step1/objections"),
    (lambda first, last: first.update(decision="{{ person.name }} agrees"), FaultCode.BRACES_OUTSIDE_SCRIPT,
     "step1/decision"),
    (lambda first, last: first["objections"][0].update(says="{% if me %}"), FaultCode.BRACES_OUTSIDE_SCRIPT,
     "step1/objections/says"),
    (lambda first, last: first["objections"][0].update(answer="{{ who }}"), FaultCode.UNKNOWN_VARIABLE,
     "step1/objections[1]/answer"),
    (lambda first, last: first["sells"].update(words="{{ person.nme }}"), FaultCode.UNKNOWN_PART,
     "step1/sells/words"),
    (lambda first, last: first["decision_script"].update(questions=["ok", "{{ 1 + 1 }}"]), FaultCode.NOT_ALLOWED,
     "step1/decision_script/questions[2]"),
    (_opening("{{ person.name|reverse }}"), FaultCode.UNKNOWN_FILTER, "step2/call/A/opening"),
    (_opening("{{ our.motto }}"), FaultCode.UNKNOWN_PART, "step2/call/A/opening"),
    (_opening("{{ next_step.name }}"), FaultCode.NO_NEXT_STEP, "step2/call/A/opening"),
    (_opening("{{ step3.name }}"), FaultCode.UNKNOWN_VARIABLE, "step2/call/A/opening"),
    (_opening("{% if person %}x"), FaultCode.SCRIPT_SYNTAX, "step2/call/A/opening"),
    (_opening("{% for p in people %}" + "x" * 900 + "{% endfor %}"), FaultCode.SCRIPT_GROWS_TOO_LONG,
     "step2/call/A/opening"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "code", "where"), GAPS)
def test_a_gap_is_told_with_its_place(spoil: Spoil, code: FaultCode, where: str) -> None:
    playbook = content()
    spoil(*playbook["steps"])
    [fault] = read_playbook(text(playbook), FILE).faults
    assert (fault.code, fault.where) == (code, where)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"steps": []}, FaultCode.NO_STEPS),
        ({"steps": None}, FaultCode.NO_STEPS),
        ({"lost_reasons": [{"key": "price", "label": "Price"}]}, FaultCode.NO_OTHER_REASON),
        ({"outcomes": [{"key": "sent", "label": "Sent", "counts": "attempt"}]}, FaultCode.NO_CONTACT_OUTCOME),
        ({"variables": {"company": "Clearmark", "the-best": "x"}}, FaultCode.BAD_VARIABLE_NAME),
        ({"variables": {"company": "{{ prospect.name }}"}}, FaultCode.BRACES_OUTSIDE_SCRIPT),
        ({"outcomes": [
            {"key": "met", "label": "Met", "counts": "contact", "aliases": ["seen"]},
            {"key": "talked", "label": "Talked", "counts": "contact", "aliases": ["Seen"]},
        ]}, FaultCode.TWICE),
    ],
)  # fmt: skip
def test_a_gap_of_the_whole_playbook_is_told(change: Content, code: FaultCode) -> None:
    assert codes({**content(), **change}) == [code]


def test_a_playbook_of_one_step_asks_for_the_order() -> None:
    assert codes(content(steps=1)) == []


def test_moments_may_come_up_to_the_day_the_decision_is_due() -> None:
    playbook = content()
    first = playbook["steps"][0]
    first["moments"].append(moment("later", dict(first["sells"]), after=9))
    assert codes(playbook) == []


def test_a_mistake_in_a_script_has_the_line_on_which_it_stands() -> None:
    written = text(content()).replace(
        "opening: Hello {{ person.first_name }}", "opening: |\n\n        Hello\n        {{ persn.name }}", 1
    )
    [sentence] = sentences(written)
    line = written.splitlines().index("        {{ persn.name }}") + 1
    assert sentence.startswith(f"b2b.yaml:{line}: step1/call/A/opening uses an unknown variable 'persn'")
    assert "did you mean 'person'?" in sentence


def test_a_step_of_the_wrong_sort_does_not_hide_the_gaps_of_another() -> None:
    playbook = content()
    playbook["steps"][0] = "nothing"
    playbook["steps"][1]["evidence"] = []
    assert codes(playbook) == [FaultCode.EXPECTED_KEYS, FaultCode.NO_EVIDENCE]
