"""Scripts that try to run, reach, grow or hang something: all refused, and shown as written if ever asked for."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbooks.fault_codes import FaultCode
from playbooks.prospect import Person, Prospect
from playbooks.script_syntax import LONGEST_SCRIPT, check_script
from playbooks.scripts import Facts, render

ACME = Prospect(1, 1, "Acme", "fair", 12_500, (Person("Jan Jansen", decides=True), Person("Eva", phone="06")))
FACTS = Facts(ACME, "Rob Smit", "Interest", "Meeting", date(2026, 3, 12), {"company": "Clearmark"})

HOSTILE = {
    # towards Python's insides
    "class of a text": "{{ ''.__class__ }}",
    "mro": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class of a variable": "{{ person.__class__ }}",
    "dunder of a part": "{{ person.name.__class__ }}",
    "init globals": "{{ person.__init__.__globals__ }}",
    "dict of a thing": "{{ our.__dict__ }}",
    "subscript": "{{ person['__class__'] }}",
    "number subscript": "{{ people[0].name }}",
    "attr filter": "{{ person|attr('__class__') }}",
    "map attribute": "{{ people|map(attribute='__class__')|list }}",
    "format with attributes": "{{ '{0.__class__}'.format(person) }}",
    "format filter": "{{ '%s'|format(person) }}",
    "format_map": "{{ '{a.__class__}'.format_map({'a': person}) }}",
    "percent": "{{ '%s' % person }}",
    "percent width": "{{ '%999999999d' % 1 }}",
    "hex escape": "{{ person['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "escape in a text": "{{ '\\x41' }}",
    "bad escape": "{{ '\\N{no such}' }}",
    "wide letters": "{{ person.＿＿class＿＿ }}",
    "wide variable": "{{ ｐerson.name }}",
    "long s": "{{ perſon.name }}",
    "hidden character": "{{ per\u200bson.name }}",
    "right to left": "{{ \u202eperson.name }}",
    "private part": "{{ person._Thing__exists }}",
    "method of a text": "{{ person.name.upper() }}",
    "generator frame": "{{ people.gi_frame }}",
    # towards Jinja's
    "self": "{{ self._TemplateReference__context }}",
    "self as a name": "{{ self }}",
    "super": "{{ super() }}",
    "cycler": "{{ cycler.__init__.__globals__.os }}",
    "joiner": "{{ joiner('x') }}",
    "lipsum": "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "lipsum grows": "{{ lipsum(n=100000) }}",
    "namespace": "{% set ns = namespace(x=1) %}",
    "range": "{{ range(10**9)|list }}",
    "dict": "{{ dict(a=1) }}",
    "undefined's insides": "{{ nothing.__class__ }}",
    "loop's insides": "{% for p in people %}{{ loop.__class__ }}{% endfor %}",
    "loop's iterator": "{% for p in people %}{{ loop._iterator }}{% endfor %}",
    "loop called": "{% for p in people recursive %}{{ loop(people) }}{% endfor %}",
    "loop outside": "{{ loop.first }}",
    "loop cycles": "{% for p in people %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    # statements
    "set": "{% set x = 'a' %}{{ x }}",
    "set block": "{% set x %}a{% endset %}",
    "macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "call block": "{% call person() %}x{% endcall %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "from import": "{% from 'os' import system %}",
    "extends": "{% extends 'base' %}",
    "block": "{% block b %}{% endblock %}",
    "with": "{% with a = 1 %}{{ a }}{% endwith %}",
    "autoescape": "{% autoescape true %}x{% endautoescape %}",
    "do": "{% do people.append(1) %}",
    "debug": "{% debug %}",
    "trans": "{% trans %}x{% endtrans %}",
    "unknown tag": "{% exec 'x' %}",
    # growing
    "text times number": "{{ 'a' * 10**8 }}",
    "text times number, later": "{{ person.name * 100000000 }}",
    "power": "{{ 9**9**9 }}",
    "plus": "{{ person.name + person.name }}",
    "concat": "{{ person.name ~ person.name }}",
    "minus": "{{ -1 }}",
    "division": "{{ prospect.value / 0 }}",
    "huge number": "{{ " + "9" * 2900 + " }}",
    "float": "{{ 1e308 }}",
    "list": "{{ [1, 2] }}",
    "mapping": "{{ {'a': 1} }}",
    "tuple": "{{ 1, 2 }}",
    "slice": "{{ person.name[::-1] }}",
    "center": "{{ person.name|center(100000000) }}",
    "replace": "{{ person.name|replace('', 'aaaaaaaa') }}",
    "indent": "{{ person.name|indent(99999999) }}",
    "join": "{{ people|join('x') }}",
    "tojson": "{{ person|tojson }}",
    "filter with an argument": "{{ person.name|upper(1) }}",
    "default of a variable": "{{ person.name|default(person) }}",
    "default twice": "{{ person.name|default('a', true) }}",
    "default by keyword": "{{ person.name|default(default_value='a') }}",
    "default spread": "{{ person.name|default(*people) }}",
    "filter on people": "{{ people|upper }}",
    "filter on a number": "{{ prospect.value|upper }}",
    "loop in a loop": "{% for p in people %}{% for q in people %}x{% endfor %}{% endfor %}",
    "loop over a text": "{% for c in person.name %}{{ c }}{% endfor %}",
    "loop over a literal": "{% for c in 'abc' %}x{% endfor %}",
    "loop over a range": "{% for i in range(1000000000) %}x{% endfor %}",
    "loop over two names": "{% for a, b in people %}x{% endfor %}",
    "loop over a part": "{% for person.name in people %}x{% endfor %}",
    "loop with a condition": "{% for p in people if p.phone %}x{% endfor %}",
    "loop that takes a name": "{% for prospect in people %}x{% endfor %}",
    "loop named self": "{% for self in people %}x{% endfor %}",
    "loop named loop": "{% for loop in people %}x{% endfor %}",
    "loop's name afterwards": "{% for p in people %}{% endfor %}{{ p.name }}",
    # tests and comparisons
    "is defined": "{% if person is defined %}x{% endif %}",
    "is filter": "{% if 'attr' is filter %}x{% endif %}",
    "in": "{% if 'a' in person.name %}x{% endif %}",
    "not in": "{% if 'a' not in person.name %}x{% endif %}",
    "text below number": "{% if person.name < 3 %}x{% endif %}",
    "thing equals thing": "{% if person == prospect %}x{% endif %}",
    "chain": "{% if 1 < prospect.value < 3 %}x{% endif %}",
    "inline if": "{{ person.name if person else 'x' }}",
    "truth shown": "{{ true }}",
    "none shown": "{{ none }}",
    "comparison shown": "{{ prospect.value > 3 }}",
    "not shown": "{{ not person }}",
    "all of a thing": "{{ person }}",
    "all people": "{{ people }}",
    # broken
    "unclosed variable": "{{ person.name",
    "unclosed tag": "{% if person",
    "unclosed if": "{% if person %}x",
    "unclosed comment": "{# x",
    "unclosed text": "{{ 'x }}",
    "unclosed raw": "{% raw %}x",
    "end without start": "{% endif %}",
    "else without if": "{% else %}",
    "empty braces": "{{ }}",
    "empty tag": "{% %}",
    "stray closing": "{{ person.name }} }} {{ }}",
    "missing dot": "{{ person name }}",
    # deep and huge
    "parentheses": "{{ " + "(" * 1400 + "person.name" + ")" * 1400 + " }}",
    "brackets": "{{ " + "[" * 2900 + " }}",
    "nots": "{% if " + "not " * 700 + "person %}x{% endif %}",
    "minuses": "{{ " + "-" * 2900 + "1 }}",
    "tilde chain": "{{ " + "1~" * 1400 + "1 }}",
    "dots": "{{ person" + ".name" * 550 + " }}",
    "filters": "{{ person.name" + "|upper" * 450 + " }}",
    "ands": "{% if person" + " and me" * 400 + " %}x{% endif %}",
    "inline ifs": "{{ " + "1 if me else " * 200 + "1 }}",
    "nested ifs": "{% if me %}" * 130 + "x" + "{% endif %}" * 130,
    "nested raw": "{% if me %}" * 270,
    "too long": "x" * (LONGEST_SCRIPT + 1),
    "much too long": "{{ person.name }}" * 100_000,
}


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_script_is_refused_at_once_and_never_run(script: str) -> None:
    began = time.perf_counter()
    mistakes = check_script(script, FACTS.variables)
    rendered = render(script, FACTS)
    assert mistakes
    assert all(1 <= mistake.line <= script.count("\n") + 1 for mistake in mistakes)
    assert rendered.as_written
    assert len(rendered.text) <= LONGEST_SCRIPT
    assert script.startswith(rendered.text.removesuffix("…"))
    assert time.perf_counter() - began < 1


def test_all_mistakes_of_a_script_are_told_at_once_each_on_its_line() -> None:
    script = "Hi {{ persn.name }}\n{{ person.nam }}\n{% if prospect.value * 2 %}{{ our.motto }}{% endif %}"
    assert [(mistake.line, mistake.code) for mistake in check_script(script, FACTS.variables)] == [
        (1, FaultCode.UNKNOWN_VARIABLE),
        (2, FaultCode.UNKNOWN_PART),
        (3, FaultCode.NOT_ALLOWED),
        (3, FaultCode.UNKNOWN_PART),
    ]


_PIECES = st.sampled_from(
    [
        "{{", "}}", "{%", "%}", "{%-", "-%}", "{#", "#}", "if", "else", "elif", "endif", "for", "p", "in",
        "people", "endfor", "person", ".name", ".phone", "prospect", ".value", "our", ".company", "today",
        "me", "|", "upper", "default", "('x')", "first_name", "title", "'x'", "3", "==", "!=", "<", ">",
        "and", "or", "not", "(", ")", "[", "]", "*", "+", "~", "loop", ".last", "set", "raw", "endraw", "is",
        ",", ":", "\\", "\n",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_any_script_is_refused_or_fills_in_without_failing(script: str) -> None:
    mistakes = check_script(script, FACTS.variables)
    rendered = render(script, FACTS)
    assert rendered.as_written == bool(mistakes)
    assert len(rendered.text) <= LONGEST_SCRIPT


_VALUES = st.sampled_from(
    ["person.name", "person.phone", "prospect.value", "our.company", "today", "'x'", "7", "next_step.name",
     "person.role|default('boss')|upper", "me.name|first_name", "p.name", "p.email|lower"]
)  # fmt: skip
_TESTS = st.recursive(
    st.sampled_from(
        ["person", "people", "person.phone", "p.decides", "loop.last", "prospect.value > 3", "me.name == 'x'"]
    ),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(" ".join) | inner.map("not ({})".format)
    ),
    max_leaves=3,
)
_INNER = st.lists(st.one_of(_VALUES.map("{{{{ {} }}}}".format), st.just("words\n")), max_size=3).map("".join)
_IFS = st.tuples(_TESTS, _INNER, _INNER).map(
    lambda parts: "{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format(*parts)
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(_INNER, _IFS), max_size=4).map("".join),
    st.lists(st.builds(Person, st.text(), st.none() | st.text(), st.none(), st.text()), max_size=12),
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.sampled_from(["nl", "en"]),
)
def test_an_allowed_script_never_fails_however_little_is_known(
    body: str, people: list[Person], value: int | None, language: str
) -> None:
    script = "{% for p in people %}" + body + "{% endfor %}"
    facts = Facts(
        Prospect(1, 1, "", None, value, tuple(people)), "", "", None, date(1, 1, 1), {"company": ""}, language
    )
    if len(script) <= LONGEST_SCRIPT:
        assert check_script(script, facts.variables) == ()
        assert not render(script, facts).as_written
