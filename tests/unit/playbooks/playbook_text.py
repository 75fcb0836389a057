"""A small complete playbook as YAML, and ways to spoil it."""

from typing import Any

import yaml

from playbooks.fault_codes import FaultCode
from playbooks.loader import read_playbook

FILE = "b2b.yaml"

Content = dict[str, Any]


def content(steps: int = 2) -> Content:
    """A playbook without faults, as YAML's plain values."""
    return {
        "schema": 1,
        "key": "b2b",
        "name": "Business services",
        "language": "en",
        "variables": {"company": "Clearmark"},
        "steps": [step(number, last=number == steps) for number in range(1, steps + 1)],
    }


def step(number: int, *, last: bool) -> Content:
    ask = {"step": "won" if last else f"step{number + 1}", "words": "Shall we fix a date?"}
    return {
        "key": f"step{number}",
        "name": f"Step number {number}",
        "decision": "Wants to talk",
        "evidence": [{"key": "date", "text": "A date is fixed"}],
        "sells": dict(ask),
        "stalled_after": 5,
        "decision_due_after": 10,
        "decision_script": {"opening": "Yes or no?", "ask": dict(ask)},
        "moments": [moment("call", ask)],
        "objections": [{"says": "No time", "answer": "It takes ten minutes, {{ person.first_name }}."}],
    }


def moment(key: str, ask: Content, *, after: int = 1) -> Content:
    script = {
        "variant": "A",
        "opening": "Hello {{ person.first_name }}",
        "questions": ["What now?"],
        "ask": dict(ask),
    }
    return {"key": key, "name": "Call", "channel": "phone", "after": after, "minutes": 10, "scripts": [script]}


class _Written(yaml.SafeDumper):
    """Writes a value that stands in two places twice, as people do."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def text(playbook: Content) -> str:
    return yaml.dump(playbook, Dumper=_Written, sort_keys=False, allow_unicode=True)


def codes(source: str | bytes | Content) -> list[FaultCode]:
    """The codes of the faults, in the order of the file."""
    source = text(source) if isinstance(source, dict) else source
    return [fault.code for fault in read_playbook(source, FILE).faults]


def sentences(source: str | bytes | Content) -> list[str]:
    """The faults as the command line prints them."""
    source = text(source) if isinstance(source, dict) else source
    return [str(fault) for fault in read_playbook(source, FILE).faults]
