"""The kinds of mistake and gap in a playbook, and the sentence that tells each."""

from __future__ import annotations

from collections.abc import Mapping
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


def msgid(text: str) -> str:
    """Marks a text for the catalog of translations."""
    return text


PHRASES: Mapping[FaultCode, Phrase] = {
    FaultCode.NOT_UTF8: Phrase(msgid("the file is not UTF-8 text"), msgid("save it as UTF-8")),
    FaultCode.FILE_TOO_LARGE: Phrase(
        msgid("the file has {size} bytes"), msgid("a playbook has at most {limit} bytes")
    ),
    FaultCode.EMPTY_FILE: Phrase(
        msgid("the file is empty"), msgid("start from a shipped playbook with 'nextstep playbook new'")
    ),
    FaultCode.BAD_CHARACTER: Phrase(
        msgid("there is an invisible character ({character})"), msgid("remove it, or type it again")
    ),
    FaultCode.TAB: Phrase(msgid("there is a tab"), msgid("indent with spaces")),
    FaultCode.COLON_IN_TEXT: Phrase(
        msgid("a colon in a text reads as a key"), msgid("put the text between quotes, or on lines below a |")
    ),
    FaultCode.INDENTATION: Phrase(
        msgid("this line does not fit the lines above it"),
        msgid("give the keys of one block the same indentation, and close quotes and brackets"),
    ),
    FaultCode.BAD_YAML: Phrase(msgid("this is not YAML: {problem}"), msgid("put the text between quotes")),
    FaultCode.ALIAS: Phrase(
        msgid("anchors and aliases (& and *) are not used here"), msgid("write the value out, or put it in quotes")
    ),
    FaultCode.TAG: Phrase(
        msgid("the tag {tag} is not used here"), msgid("leave it out, or put the text in quotes")
    ),
    FaultCode.TOO_DEEP: Phrase(
        msgid("this is nested more than {limit} levels deep"), msgid("a playbook needs fewer levels")
    ),
    FaultCode.SECOND_DOCUMENT: Phrase(
        msgid("a second document starts here"), msgid("keep one playbook in a file, without --- further down")
    ),
    FaultCode.NOT_KEYS: Phrase(
        msgid("the file holds no keys"), msgid("start with 'schema: 1', then 'key: ...' and 'name: ...'")
    ),
    FaultCode.BAD_KEY: Phrase(msgid("{where} has a key that is not a word"), msgid("write 'key: value'")),
    FaultCode.DUPLICATE_KEY: Phrase(
        msgid("{where} has '{key}' a second time (first on line {first})"), msgid("keep one of them")
    ),
    FaultCode.WRONG_SCHEMA: Phrase(
        msgid("this playbook has schema {value}"), msgid("this version of Nextstep reads 'schema: 1'")
    ),
    FaultCode.UNKNOWN_KEY: Phrase(
        msgid("{where} has an unknown key '{key}'"), msgid("did you mean '{closest}'? It may have: {known}")
    ),
    FaultCode.MISSING_KEY: Phrase(msgid("{where} has no '{key}'"), msgid("add '{key}: ...'")),
    FaultCode.EXPECTED_TEXT: Phrase(
        msgid("{where} is not a text"), msgid("write one text, in quotes or below a |")
    ),
    FaultCode.EXPECTED_NUMBER: Phrase(
        msgid("{where} is not a whole number: {value}"), msgid("write a number, such as 5")
    ),
    FaultCode.EXPECTED_YES_NO: Phrase(
        msgid("{where} is neither true nor false: {value}"), msgid("write true or false")
    ),
    FaultCode.EXPECTED_LIST: Phrase(
        msgid("{where} is not a list"), msgid("start each item on a line of its own with '- '")
    ),
    FaultCode.EXPECTED_KEYS: Phrase(
        msgid("{where} is not a block of keys"), msgid("write 'key: value' lines below it")
    ),
    FaultCode.NOT_ONE_OF: Phrase(msgid("{where} cannot be {value}"), msgid("use one of: {known}")),
    FaultCode.TOO_LOW: Phrase(msgid("{where} is {value}"), msgid("use {limit} or more")),
    FaultCode.TOO_HIGH: Phrase(msgid("{where} is {value}"), msgid("use {limit} or less")),
    FaultCode.EMPTY_TEXT: Phrase(msgid("{where} is empty"), msgid("write a text")),
    FaultCode.TEXT_TOO_LONG: Phrase(msgid("{where} has {length} characters"), msgid("use {limit} or fewer")),
    FaultCode.TOO_MANY: Phrase(msgid("{where} has {length} items"), msgid("use {limit} or fewer")),
    FaultCode.BAD_NAME: Phrase(
        msgid("{where} cannot be {value}"),
        msgid("use up to 40 small letters, digits, - and _, starting with a letter"),
    ),
    FaultCode.BAD_VARIANT: Phrase(msgid("{where} cannot be {value}"), msgid("use one capital letter: A, B, C")),
    FaultCode.BAD_VALUE: Phrase(msgid("{where} cannot be {value}"), msgid("see docs/playbooks.md")),
    FaultCode.NO_STEPS: Phrase(
        msgid("the playbook has no steps"), msgid("add step1 under 'steps', with the decision the prospect takes")
    ),
    FaultCode.STEP_NUMBER: Phrase(
        msgid("step number {number} is called {value}"),
        msgid("call it step{number}: steps count from step1, none left out"),
    ),
    FaultCode.NO_EVIDENCE: Phrase(
        msgid("{where} has no evidence"),
        msgid("add at least one line under 'evidence' that shows the decision was taken"),
    ),
    FaultCode.NO_REQUIRED_EVIDENCE: Phrase(
        msgid("{where} has no required evidence"), msgid("make at least one line of its evidence 'required: true'")
    ),
    FaultCode.NO_MOMENTS: Phrase(
        msgid("{where} has no moments"), msgid("add at least one contact under 'moments', with its script")
    ),
    FaultCode.NO_SCRIPTS: Phrase(
        msgid("{where} has no script"), msgid("add variant A under 'scripts': opening, questions and the ask")
    ),
    FaultCode.NO_OBJECTIONS: Phrase(
        msgid("{where} has no objections"),
        msgid("add what prospects say against it under 'objections', with the answer"),
    ),
    FaultCode.NO_DECISION_SCRIPT: Phrase(
        msgid("{where} has no decision script"),
        msgid("add 'decision_script': the words that force a yes, a no or a not now"),
    ),
    FaultCode.WRONG_ASK: Phrase(
        msgid("{where} asks for {value}"), msgid("ask for {expected}: a step sells only what comes next")
    ),
    FaultCode.STALLED_AFTER_DUE: Phrase(
        msgid("{where} is stalled after {stalled} days, but the decision is due after {due}"),
        msgid("make 'stalled_after' at most {due}"),
    ),
    FaultCode.DUE_BEFORE_LAST_MOMENT: Phrase(
        msgid("{where} has its last moment on day {last}, but the decision is due after {due} days"),
        msgid("make 'decision_due_after' at least {last}, or plan the moments closer together"),
    ),
    FaultCode.CLOSE_BEFORE_ESCALATE: Phrase(
        msgid("{where} closes after {close} days, before it escalates after {escalate}"),
        msgid("make 'close_after' at least {escalate}"),
    ),
    FaultCode.HALF_WAITING: Phrase(
        msgid("{where} allows waiting for {days} days, {times} times"), msgid("make both 0, or neither")
    ),
    FaultCode.TWICE: Phrase(
        msgid("{where} has '{value}' a second time (first on line {first})"), msgid("give it another one")
    ),
    FaultCode.NO_OTHER_REASON: Phrase(
        msgid("lost_reasons has no 'other'"), msgid("add the key 'other', for a reason in the rep's own words")
    ),
    FaultCode.NO_CONTACT_OUTCOME: Phrase(
        msgid("no outcome counts as a contact"), msgid("add one with 'counts: contact', such as talked")
    ),
    FaultCode.BRACES_OUTSIDE_SCRIPT: Phrase(
        msgid("{where} shows {braces} as it stands"),
        msgid("variables work in scripts, asks and answers to objections only; write plain words here"),
    ),
    FaultCode.BAD_VARIABLE_NAME: Phrase(
        msgid("{where} cannot be used in scripts"),
        msgid("use small letters, digits and _ in the name of a variable"),
    ),
    FaultCode.SCRIPT_SYNTAX: Phrase(
        msgid("{where} does not read as a script: {problem}"),
        msgid("check the braces around it: {{{{ ... }}}} and {{% ... %}}"),
    ),
    FaultCode.SCRIPT_TOO_LONG: Phrase(msgid("{where} has {length} characters"), msgid("use {limit} or fewer")),
    FaultCode.SCRIPT_GROWS_TOO_LONG: Phrase(
        msgid("{where} grows longer than {limit} characters when it is filled in"),
        msgid("shorten what is repeated"),
    ),
    FaultCode.SCRIPT_TOO_COMPLICATED: Phrase(
        msgid("{where} puts too much between braces"),
        msgid("use at most {parts} words in one tag, and {levels} levels of if"),
    ),
    FaultCode.UNKNOWN_VARIABLE: Phrase(
        msgid("{where} uses an unknown variable '{name}'"),
        msgid("did you mean '{closest}'? Scripts know: {known}"),
    ),
    FaultCode.UNKNOWN_PART: Phrase(
        msgid("{where} uses '{name}.{part}', which does not exist"),
        msgid("did you mean '{name}.{closest}'? {name} has: {known}"),
    ),
    FaultCode.NO_PARTS: Phrase(
        msgid("{where} uses '{name}.{part}', but {name} has no parts"), msgid("write '{name}'")
    ),
    FaultCode.WHICH_PART: Phrase(
        msgid("{where} shows all of '{name}'"), msgid("say which part, such as '{name}.{closest}'")
    ),
    FaultCode.ONLY_IN_CONDITION: Phrase(
        msgid("{where} shows '{name}', which is true or false"), msgid("use it in an if: {{% if {name} %}}")
    ),
    FaultCode.UNKNOWN_FILTER: Phrase(
        msgid("{where} uses an unknown filter '{name}'"), msgid("use one of: {known}")
    ),
    FaultCode.FILTER_ARGUMENT: Phrase(
        msgid("{where} gives the filter '{name}' something it does not take"),
        msgid('write {name} alone; only default takes one text: default("there")'),
    ),
    FaultCode.FILTER_NEEDS_TEXT: Phrase(
        msgid("{where} uses the filter '{name}' on something that is not a text"), msgid("leave the filter out")
    ),
    FaultCode.NOT_ALLOWED: Phrase(
        msgid("{where} uses {syntax}, which scripts do not have"),
        msgid("use variables, if, and for over people only"),
    ),
    FaultCode.NOT_A_LIST: Phrase(
        msgid("{where} loops over something that is no list"), msgid("loop over: {known}")
    ),
    FaultCode.LOOP_IN_LOOP: Phrase(msgid("{where} has a loop inside a loop"), msgid("keep one of them")),
    FaultCode.LOOP_NAME: Phrase(
        msgid("{where} cannot use '{name}' as the name in a loop"), msgid("write {{% for person in people %}}")
    ),
    FaultCode.NOT_COMPARABLE: Phrase(
        msgid("{where} compares what cannot be compared"),
        msgid("compare a variable with a text (==, !=) or a number with a number (<, >)"),
    ),
    FaultCode.NO_NEXT_STEP: Phrase(
        msgid("{where} uses 'next_step', but the last step has none"),
        msgid("write what you ask for in plain words"),
    ),
}
