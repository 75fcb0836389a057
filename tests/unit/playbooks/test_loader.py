"""YAML becomes a playbook, or a list of faults with their lines."""

from string import Formatter

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from playbooks.defaults import OTHER
from playbooks.fault_codes import PHRASES, FaultCode
from playbooks.faults import Fault
from playbooks.library import shipped, shipped_text
from playbooks.loader import read_playbook
from playbooks.marked_yaml import MAX_BYTES
from tests.unit.playbooks.playbook_text import FILE, codes, content, sentences, text


def test_a_complete_playbook_is_read_without_faults() -> None:
    loaded = read_playbook(text(content()), FILE)
    assert loaded.faults == ()
    assert loaded.playbook is not None
    assert [step.name for step in loaded.playbook.steps] == ["Step number 1", "Step number 2"]
    assert loaded.playbook.steps[0].moments[0].after == 1
    assert loaded.playbook.steps[0].evidence[0].required is True


def test_a_fault_is_one_line_with_file_line_wrong_and_right() -> None:
    lines = text(content()).replace("  - key: date\n    text: A date is fixed\n", "", 1)
    [sentence] = sentences(lines)
    wrong, right = sentence.split("; ")
    assert wrong == "b2b.yaml:11: step1 has no evidence"
    assert right == "add at least one line under 'evidence' that shows the decision was taken"


def test_a_translated_sentence_keeps_its_details() -> None:
    fault = Fault(FILE, 4, FaultCode.NO_EVIDENCE, "step2")
    dutch = {
        PHRASES[fault.code].wrong: "{where} heeft geen bewijs",
        PHRASES[fault.code].right: "voeg een regel toe",
    }
    assert fault.sentence(lambda phrase: dutch[phrase]) == "step2 heeft geen bewijs; voeg een regel toe"


@pytest.mark.parametrize("code", FaultCode)
def test_every_code_has_a_sentence_that_fills_in(code: FaultCode) -> None:
    fields = {name for half in PHRASES[code] for _, name, _, _ in Formatter().parse(half) if name}
    details = dict.fromkeys(fields - {"where"}, "{0.__class__}")
    fault = Fault(FILE, 1, code, "step1", details)
    assert fault.wrong
    assert fault.right
    assert "\n" not in str(fault)


def test_every_mistake_and_gap_is_told_at_once() -> None:
    playbook = content()
    first, second = playbook["steps"]
    first["stalled_after"] = "soon"
    first["moments"][0]["channel"] = "pigeon"
    first["moments"][0]["scripts"][0]["opening"] = "Hello {{ persn.name }}"
    second["evidence"] = []
    second["sells"]["step"] = "step7"
    second["objections"][0]["anser"] = second["objections"][0].pop("answer")
    assert set(codes(playbook)) == {
        FaultCode.EXPECTED_NUMBER,
        FaultCode.NOT_ONE_OF,
        FaultCode.UNKNOWN_VARIABLE,
        FaultCode.NO_EVIDENCE,
        FaultCode.WRONG_ASK,
        FaultCode.UNKNOWN_KEY,
        FaultCode.MISSING_KEY,
    }


def test_faults_stand_in_the_order_of_the_file() -> None:
    playbook = content()
    playbook["steps"][1]["evidence"] = []
    playbook["steps"][0]["objections"] = []
    playbook["key"] = "No Good"
    lines = [fault.line for fault in read_playbook(text(playbook), FILE).faults]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_an_unknown_key_names_the_closest_one() -> None:
    playbook = content()
    playbook["steps"][0]["stalled_afer"] = 4
    [sentence] = sentences(playbook)
    assert "step1 has an unknown key 'stalled_afer'; did you mean 'stalled_after'?" in sentence


@pytest.mark.parametrize(
    ("place", "key", "value", "code"),
    [
        ("playbook", "name", ["a"], FaultCode.EXPECTED_TEXT),
        ("playbook", "name", "", FaultCode.EMPTY_TEXT),
        ("playbook", "name", "x" * 301, FaultCode.TEXT_TOO_LONG),
        ("playbook", "key", "Has Spaces", FaultCode.BAD_NAME),
        ("playbook", "language", "fr", FaultCode.NOT_ONE_OF),
        ("playbook", "language", {"a": "b"}, FaultCode.EXPECTED_TEXT),
        ("playbook", "variables", ["a"], FaultCode.EXPECTED_KEYS),
        ("playbook", "schema", 2, FaultCode.WRONG_SCHEMA),
        ("step", "stalled_after", 0, FaultCode.TOO_LOW),
        ("step", "decision_due_after", 261, FaultCode.TOO_HIGH),
        ("step", "stalled_after", 1.5, FaultCode.EXPECTED_NUMBER),
        ("step", "stalled_after", "9" * 5000, FaultCode.EXPECTED_NUMBER),
        ("step", "evidence", "a date", FaultCode.EXPECTED_LIST),
        ("step", "waiting", "never", FaultCode.EXPECTED_KEYS),
        ("step", "objections", [{"says": f"{n}", "answer": "a"} for n in range(21)], FaultCode.TOO_MANY),
        ("evidence", "required", "perhaps", FaultCode.EXPECTED_YES_NO),
        ("evidence", "key", "A Date", FaultCode.BAD_NAME),
        ("moment", "minutes", 481, FaultCode.TOO_HIGH),
        ("script", "variant", "AB", FaultCode.BAD_VARIANT),
        ("script", "opening", "x" * 3001, FaultCode.TEXT_TOO_LONG),
        ("script", "questions", "What?", FaultCode.EXPECTED_LIST),
    ],
)
def test_a_value_of_the_wrong_sort_is_told_in_words(place: str, key: str, value: object, code: FaultCode) -> None:
    playbook = content()
    step = playbook["steps"][0]
    places = {
        "playbook": playbook,
        "step": step,
        "evidence": step["evidence"][0],
        "moment": step["moments"][0],
        "script": step["moments"][0]["scripts"][0],
    }
    places[place][key] = value
    assert codes(playbook) == [code]


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    source = text(content()).replace("name: Business services", "name: no").replace("No time", "2024-01-01")
    loaded = read_playbook(source, FILE)
    assert loaded.playbook is not None
    assert loaded.playbook.name == "no"
    assert loaded.playbook.steps[0].objections[0].says == "2024-01-01"


def test_a_key_with_nothing_behind_it_counts_as_missing() -> None:
    assert codes(text(content()).replace("name: Business services", "name:")) == [FaultCode.MISSING_KEY]


def test_the_same_key_twice_is_refused_with_both_lines() -> None:
    [sentence] = sentences(text(content()).replace("language: en", "language: en\nname: Again"))
    assert sentence == "b2b.yaml:5: playbook has 'name' a second time (first on line 3); keep one of them"


@pytest.mark.parametrize(
    ("source", "line", "code"),
    [
        (b"key: caf\xe9", 1, FaultCode.NOT_UTF8),
        (b"key: a\nname: \xff\xfe", 2, FaultCode.NOT_UTF8),
        ("", 1, FaultCode.EMPTY_FILE),
        ("# only a remark\n", 1, FaultCode.EMPTY_FILE),
        ("---\n", 1, FaultCode.EMPTY_FILE),
        ("null", 1, FaultCode.EMPTY_FILE),
        ("- a\n- b\n", 1, FaultCode.NOT_KEYS),
        ("just words", 1, FaultCode.NOT_KEYS),
        ("a: " + "x" * MAX_BYTES, 1, FaultCode.FILE_TOO_LARGE),
        ("a: b\nc: \x00", 2, FaultCode.BAD_CHARACTER),
        ("a: b\nc: \ud800", 2, FaultCode.BAD_CHARACTER),
        ("a: b\nc:\n\td: e", 3, FaultCode.TAB),
        ("a: say: it", 1, FaultCode.COLON_IN_TEXT),
        ("a: b\n c: d\n", 2, FaultCode.COLON_IN_TEXT),
        ("steps:\n  - a: b\n c: d\n", 3, FaultCode.INDENTATION),
        ('a: "never closed', 1, FaultCode.INDENTATION),
        ("a: [b, c", 1, FaultCode.INDENTATION),
        ("a: %x", 1, FaultCode.BAD_YAML),
        ("a: b\n---\nc: d", 2, FaultCode.SECOND_DOCUMENT),
        ("[" * 5000, 1, FaultCode.TOO_DEEP),
        ("{a: " * 5000, 1, FaultCode.TOO_DEEP),
        ("- " * 5000, 1, FaultCode.TOO_DEEP),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_fault(source: str | bytes, line: int, code: FaultCode) -> None:
    [fault] = read_playbook(source, FILE).faults
    assert (fault.line, fault.code) == (line, code)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a: &a [x, x]\nb: [*a, *a]", FaultCode.ALIAS),
        ("a: &a [lol]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]", FaultCode.ALIAS),
        ("a: &a {k: *a}", FaultCode.ALIAS),
        ("a: &a {k: v}\nb:\n  <<: *a", FaultCode.ALIAS),
        ("a: !!python/object/apply:os.system ['true']", FaultCode.TAG),
        ("a: !!binary aGk=", FaultCode.TAG),
        ("? [a, b]\n: c", FaultCode.BAD_KEY),
        ("? {a: b}\n: c", FaultCode.BAD_KEY),
    ],
)
def test_what_yaml_could_grow_or_run_is_refused(source: str, code: FaultCode) -> None:
    assert code in codes(source)


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    source = "\ufeff" + text(content()).replace("\n", "\r\n")
    assert codes(source.encode()) == []


def test_another_schema_version_says_only_that() -> None:
    assert sentences("schema: 7\nwhatever: 1") == [
        "b2b.yaml:1: this playbook has schema '7'; this version of Nextstep reads 'schema: 1'"
    ]


@pytest.mark.parametrize(("language", "label"), [("nl", "Geen gehoor"), ("en", "No answer")])
def test_outcomes_and_reasons_have_defaults_in_the_playbooks_language(language: str, label: str) -> None:
    playbook = read_playbook(text({**content(), "language": language}), FILE).playbook
    assert playbook is not None
    assert [outcome.key for outcome in playbook.outcomes] == [
        "no_answer", "voicemail", "sent", "talked", "met", "no_show",
    ]  # fmt: skip
    assert playbook.outcomes[0].label == label
    assert "geen gehoor" in playbook.outcomes[0].aliases
    assert playbook.lost_reason(OTHER) is not None


def test_the_python_parser_finds_the_same_as_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    playbook = content()
    playbook["steps"][0]["evidence"] = None
    source = text(playbook).replace("null", "")
    with_libyaml = sentences(source)
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert sentences(source) == with_libyaml != []


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.binary(), st.text(alphabet="ab:-|>&*!{}[]'\"#?%@,\n\t 1~<")))
def test_any_text_gives_faults_and_never_an_exception(source: str | bytes) -> None:
    loaded = read_playbook(source, FILE)
    assert loaded.faults
    assert all(1 <= fault.line <= len(source) + 1 and str(fault) for fault in loaded.faults)


_LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20), st.just("step2"))
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_playbook_spoilt_anywhere_is_a_playbook_or_faults(data: st.DataObject) -> None:
    playbook = content()
    spot: object = playbook
    while isinstance(spot, dict | list):
        places = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        place = data.draw(st.sampled_from(places))
        below = spot[place]
        if not isinstance(below, dict | list) or not below or data.draw(st.booleans()):
            spot[place] = data.draw(_VALUES)
            break
        spot = below
    loaded = read_playbook(text(playbook), FILE)
    assert (loaded.playbook is None) == bool(loaded.faults)
    assert all(fault.line >= 1 and str(fault) for fault in loaded.faults)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_shipped_playbook_cut_or_smeared_gives_faults_or_a_playbook(data: st.DataObject) -> None:
    source = shipped_text(data.draw(st.sampled_from(shipped())))
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, min(start + 200, len(source))))
    spoilt = source[:start] + data.draw(st.text(max_size=10)) + source[end:]
    loaded = read_playbook(spoilt, FILE)
    assert (loaded.playbook is None) == bool(loaded.faults)
