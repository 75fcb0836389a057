"""What can be wrong with a playbook: a code, the place, and one sentence that says what would be right.

The sentences are templates, so that a view can translate them: `fault.sentence(words.gettext)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class FaultCode(StrEnum):
    """Every kind of mistake and gap."""

    # the file
    NOT_UTF8 = "not_utf8"
    FILE_TOO_LARGE = "file_too_large"
    EMPTY_FILE = "empty_file"
    BAD_CHARACTER = "bad_character"
    # YAML
    TAB = "tab"
    COLON_IN_TEXT = "colon_in_text"
    INDENTATION = "indentation"
    BAD_YAML = "bad_yaml"
    ALIAS = "alias"
    TAG = "tag"
    TOO_DEEP = "too_deep"
    SECOND_DOCUMENT = "second_document"
    NOT_KEYS = "not_keys"
    BAD_KEY = "bad_key"
    DUPLICATE_KEY = "duplicate_key"
    # the format
    WRONG_SCHEMA = "wrong_schema"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    EXPECTED_TEXT = "expected_text"
    EXPECTED_NUMBER = "expected_number"
    EXPECTED_YES_NO = "expected_yes_no"
    EXPECTED_LIST = "expected_list"
    EXPECTED_KEYS = "expected_keys"
    NOT_ONE_OF = "not_one_of"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    EMPTY_TEXT = "empty_text"
    TEXT_TOO_LONG = "text_too_long"
    TOO_MANY = "too_many"
    BAD_NAME = "bad_name"
    BAD_VARIANT = "bad_variant"
    BAD_VALUE = "bad_value"
    # gaps and contradictions
    NO_STEPS = "no_steps"
    STEP_NUMBER = "step_number"
    NO_EVIDENCE = "no_evidence"
    NO_REQUIRED_EVIDENCE = "no_required_evidence"
    NO_MOMENTS = "no_moments"
    NO_SCRIPTS = "no_scripts"
    NO_OBJECTIONS = "no_objections"
    NO_DECISION_SCRIPT = "no_decision_script"
    WRONG_ASK = "wrong_ask"
    STALLED_AFTER_DUE = "stalled_after_due"
    DUE_BEFORE_LAST_MOMENT = "due_before_last_moment"
    CLOSE_BEFORE_ESCALATE = "close_before_escalate"
    HALF_WAITING = "half_waiting"
    TWICE = "twice"
    NO_OTHER_REASON = "no_other_reason"
    NO_CONTACT_OUTCOME = "no_contact_outcome"
    BRACES_OUTSIDE_SCRIPT = "braces_outside_script"
    BAD_VARIABLE_NAME = "bad_variable_name"
    # scripts
    SCRIPT_SYNTAX = "script_syntax"
    SCRIPT_TOO_LONG = "script_too_long"
    SCRIPT_GROWS_TOO_LONG = "script_grows_too_long"
    SCRIPT_TOO_COMPLICATED = "script_too_complicated"
    UNKNOWN_VARIABLE = "unknown_variable"
    UNKNOWN_PART = "unknown_part"
    NO_PARTS = "no_parts"
    WHICH_PART = "which_part"
    ONLY_IN_CONDITION = "only_in_condition"
    UNKNOWN_FILTER = "unknown_filter"
    FILTER_ARGUMENT = "filter_argument"
    FILTER_NEEDS_TEXT = "filter_needs_text"
    NOT_ALLOWED = "not_allowed"
    NOT_A_LIST = "not_a_list"
    LOOP_IN_LOOP = "loop_in_loop"
    LOOP_NAME = "loop_name"
    NOT_COMPARABLE = "not_comparable"
    NO_NEXT_STEP = "no_next_step"


class Phrase(NamedTuple):
    """A sentence in two halves, with the names of details (and `where`) in braces."""

    wrong: str
    right: str


def N_(text: str) -> str:  # noqa: N802 - the name by which babel finds texts to translate
    return text


PHRASES: Mapping[FaultCode, Phrase] = {
    FaultCode.NOT_UTF8: Phrase(N_("the file is not UTF-8 text"), N_("save it as UTF-8")),
    FaultCode.FILE_TOO_LARGE: Phrase(N_("the file has {size} bytes"), N_("a playbook has at most {limit} bytes")),
    FaultCode.EMPTY_FILE: Phrase(
        N_("the file is empty"), N_("start from a shipped playbook with 'nextstep playbook new'")
    ),
    FaultCode.BAD_CHARACTER: Phrase(
        N_("there is an invisible character ({character})"), N_("remove it, or type it again")
    ),
    FaultCode.TAB: Phrase(N_("there is a tab"), N_("indent with spaces")),
    FaultCode.COLON_IN_TEXT: Phrase(
        N_("a colon in a text reads as a key"), N_("put the text between quotes, or on lines below a |")
    ),
    FaultCode.INDENTATION: Phrase(
        N_("this line does not fit the lines above it"),
        N_("give the keys of one block the same indentation, and close quotes and brackets"),
    ),
    FaultCode.BAD_YAML: Phrase(N_("this is not YAML: {problem}"), N_("put the text between quotes")),
    FaultCode.ALIAS: Phrase(
        N_("anchors and aliases (& and *) are not used here"), N_("write the value out, or put it in quotes")
    ),
    FaultCode.TAG: Phrase(N_("the tag {tag} is not used here"), N_("leave it out, or put the text in quotes")),
    FaultCode.TOO_DEEP: Phrase(
        N_("this is nested more than {limit} levels deep"), N_("a playbook needs fewer levels")
    ),
    FaultCode.SECOND_DOCUMENT: Phrase(
        N_("a second document starts here"), N_("keep one playbook in a file, without --- further down")
    ),
    FaultCode.NOT_KEYS: Phrase(
        N_("the file holds no keys"), N_("start with 'schema: 1', then 'key: ...' and 'name: ...'")
    ),
    FaultCode.BAD_KEY: Phrase(N_("{where} has a key that is not a word"), N_("write 'key: value'")),
    FaultCode.DUPLICATE_KEY: Phrase(
        N_("{where} has '{key}' a second time (first on line {first})"), N_("keep one of them")
    ),
    FaultCode.WRONG_SCHEMA: Phrase(
        N_("this playbook has schema {value}"), N_("this version of Nextstep reads 'schema: 1'")
    ),
    FaultCode.UNKNOWN_KEY: Phrase(
        N_("{where} has an unknown key '{key}'"), N_("did you mean '{closest}'? It may have: {known}")
    ),
    FaultCode.MISSING_KEY: Phrase(N_("{where} has no '{key}'"), N_("add '{key}: ...'")),
    FaultCode.EXPECTED_TEXT: Phrase(N_("{where} is not a text"), N_("write one text, in quotes or below a |")),
    FaultCode.EXPECTED_NUMBER: Phrase(
        N_("{where} is not a whole number: {value}"), N_("write a number, such as 5")
    ),
    FaultCode.EXPECTED_YES_NO: Phrase(N_("{where} is neither true nor false: {value}"), N_("write true or false")),
    FaultCode.EXPECTED_LIST: Phrase(
        N_("{where} is not a list"), N_("start each item on a line of its own with '- '")
    ),
    FaultCode.EXPECTED_KEYS: Phrase(N_("{where} is not a block of keys"), N_("write 'key: value' lines below it")),
    FaultCode.NOT_ONE_OF: Phrase(N_("{where} cannot be {value}"), N_("use one of: {known}")),
    FaultCode.TOO_LOW: Phrase(N_("{where} is {value}"), N_("use {limit} or more")),
    FaultCode.TOO_HIGH: Phrase(N_("{where} is {value}"), N_("use {limit} or less")),
    FaultCode.EMPTY_TEXT: Phrase(N_("{where} is empty"), N_("write a text")),
    FaultCode.TEXT_TOO_LONG: Phrase(N_("{where} has {length} characters"), N_("use {limit} or fewer")),
    FaultCode.TOO_MANY: Phrase(N_("{where} has {length} items"), N_("use {limit} or fewer")),
    FaultCode.BAD_NAME: Phrase(
        N_("{where} cannot be {value}"),
        N_("use up to 40 small letters, digits, - and _, starting with a letter"),
    ),
    FaultCode.BAD_VARIANT: Phrase(N_("{where} cannot be {value}"), N_("use one capital letter: A, B, C")),
    FaultCode.BAD_VALUE: Phrase(N_("{where} cannot be {value}"), N_("see docs/playbooks.md")),
    FaultCode.NO_STEPS: Phrase(
        N_("the playbook has no steps"), N_("add step1 under 'steps', with the decision the prospect takes")
    ),
    FaultCode.STEP_NUMBER: Phrase(
        N_("step number {number} is called {value}"),
        N_("call it step{number}: steps count from step1, none left out"),
    ),
    FaultCode.NO_EVIDENCE: Phrase(
        N_("{where} has no evidence"),
        N_("add at least one line under 'evidence' that shows the decision was taken"),
    ),
    FaultCode.NO_REQUIRED_EVIDENCE: Phrase(
        N_("{where} has no required evidence"), N_("make at least one line of its evidence 'required: true'")
    ),
    FaultCode.NO_MOMENTS: Phrase(
        N_("{where} has no moments"), N_("add at least one contact under 'moments', with its script")
    ),
    FaultCode.NO_SCRIPTS: Phrase(
        N_("{where} has no script"), N_("add variant A under 'scripts': opening, questions and the ask")
    ),
    FaultCode.NO_OBJECTIONS: Phrase(
        N_("{where} has no objections"),
        N_("add what prospects say against it under 'objections', with the answer"),
    ),
    FaultCode.NO_DECISION_SCRIPT: Phrase(
        N_("{where} has no decision script"),
        N_("add 'decision_script': the words that force a yes, a no or a not now"),
    ),
    FaultCode.WRONG_ASK: Phrase(
        N_("{where} asks for {value}"), N_("ask for {expected}: a step sells only what comes next")
    ),
    FaultCode.STALLED_AFTER_DUE: Phrase(
        N_("{where} is stalled after {stalled} days, but the decision is due after {due}"),
        N_("make 'stalled_after' at most {due}"),
    ),
    FaultCode.DUE_BEFORE_LAST_MOMENT: Phrase(
        N_("{where} has its last moment on day {last}, but the decision is due after {due} days"),
        N_("make 'decision_due_after' at least {last}, or plan the moments closer together"),
    ),
    FaultCode.CLOSE_BEFORE_ESCALATE: Phrase(
        N_("{where} closes after {close} days, before it escalates after {escalate}"),
        N_("make 'close_after' at least {escalate}"),
    ),
    FaultCode.HALF_WAITING: Phrase(
        N_("{where} allows waiting for {days} days, {times} times"), N_("make both 0, or neither")
    ),
    FaultCode.TWICE: Phrase(
        N_("{where} has '{value}' a second time (first on line {first})"), N_("give it another one")
    ),
    FaultCode.NO_OTHER_REASON: Phrase(
        N_("lost_reasons has no 'other'"), N_("add the key 'other', for a reason in the rep's own words")
    ),
    FaultCode.NO_CONTACT_OUTCOME: Phrase(
        N_("no outcome counts as a contact"), N_("add one with 'counts: contact', such as talked")
    ),
    FaultCode.BRACES_OUTSIDE_SCRIPT: Phrase(
        N_("{where} shows {braces} as it stands"),
        N_("variables work in scripts, asks and answers to objections only; write plain words here"),
    ),
    FaultCode.BAD_VARIABLE_NAME: Phrase(
        N_("{where} cannot be used in scripts"), N_("use small letters, digits and _ in the name of a variable")
    ),
    FaultCode.SCRIPT_SYNTAX: Phrase(
        N_("{where} does not read as a script: {problem}"),
        N_("check the braces around it: {{{{ ... }}}} and {{% ... %}}"),
    ),
    FaultCode.SCRIPT_TOO_LONG: Phrase(N_("{where} has {length} characters"), N_("use {limit} or fewer")),
    FaultCode.SCRIPT_GROWS_TOO_LONG: Phrase(
        N_("{where} grows longer than {limit} characters when it is filled in"), N_("shorten what is repeated")
    ),
    FaultCode.SCRIPT_TOO_COMPLICATED: Phrase(
        N_("{where} puts too much between braces"),
        N_("use at most {parts} words in one tag, and {levels} levels of if"),
    ),
    FaultCode.UNKNOWN_VARIABLE: Phrase(
        N_("{where} uses an unknown variable '{name}'"), N_("did you mean '{closest}'? Scripts know: {known}")
    ),
    FaultCode.UNKNOWN_PART: Phrase(
        N_("{where} uses '{name}.{part}', which does not exist"),
        N_("did you mean '{name}.{closest}'? {name} has: {known}"),
    ),
    FaultCode.NO_PARTS: Phrase(N_("{where} uses '{name}.{part}', but {name} has no parts"), N_("write '{name}'")),
    FaultCode.WHICH_PART: Phrase(
        N_("{where} shows all of '{name}'"), N_("say which part, such as '{name}.{closest}'")
    ),
    FaultCode.ONLY_IN_CONDITION: Phrase(
        N_("{where} shows '{name}', which is true or false"), N_("use it in an if: {{% if {name} %}}")
    ),
    FaultCode.UNKNOWN_FILTER: Phrase(N_("{where} uses an unknown filter '{name}'"), N_("use one of: {known}")),
    FaultCode.FILTER_ARGUMENT: Phrase(
        N_("{where} gives the filter '{name}' something it does not take"),
        N_('write {name} alone; only default takes one text: default("there")'),
    ),
    FaultCode.FILTER_NEEDS_TEXT: Phrase(
        N_("{where} uses the filter '{name}' on something that is not a text"), N_("leave the filter out")
    ),
    FaultCode.NOT_ALLOWED: Phrase(
        N_("{where} uses {syntax}, which scripts do not have"), N_("use variables, if, and for over people only")
    ),
    FaultCode.NOT_A_LIST: Phrase(N_("{where} loops over something that is no list"), N_("loop over: {known}")),
    FaultCode.LOOP_IN_LOOP: Phrase(N_("{where} has a loop inside a loop"), N_("keep one of them")),
    FaultCode.LOOP_NAME: Phrase(
        N_("{where} cannot use '{name}' as the name in a loop"), N_("write {{% for person in people %}}")
    ),
    FaultCode.NOT_COMPARABLE: Phrase(
        N_("{where} compares what cannot be compared"),
        N_("compare a variable with a text (==, !=) or a number with a number (<, >)"),
    ),
    FaultCode.NO_NEXT_STEP: Phrase(
        N_("{where} uses 'next_step', but the last step has none"), N_("write what you ask for in plain words")
    ),
}


def _as_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake or gap. `where` is a path of keys (`step2/intro/B`), the same in every language.

    `line` counts from 1. `details` are the facts that the sentence of this code names.
    """

    file: str
    line: int
    code: FaultCode
    where: str = "playbook"
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> str:
        return self._half(PHRASES[self.code].wrong)

    @property
    def right(self) -> str:
        return self._half(PHRASES[self.code].right)

    def sentence(self, translate: Callable[[str], str] = _as_is) -> str:
        """What is wrong and what would be right, on one line, without file and line."""
        phrase = PHRASES[self.code]
        return f"{self._half(translate(phrase.wrong))}; {self._half(translate(phrase.right))}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence()}"

    def _half(self, template: str) -> str:
        return " ".join(template.format(**{"where": self.where, **self.details}).split())


LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """A text from the file, short enough to stand in a sentence."""
    flat = " ".join(text.split())
    return f"'{flat}'" if len(flat) <= LONGEST_QUOTE else f"'{flat[: LONGEST_QUOTE - 1]}…'"
