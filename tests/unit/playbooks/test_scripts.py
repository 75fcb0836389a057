"""Scripts are filled in with what is known; what is lacking is marked and reported, and nothing fails."""

from dataclasses import replace
from datetime import date

import pytest

from playbooks.loader import read_playbook
from playbooks.prospect import Person, Prospect
from playbooks.script_syntax import LONGEST_SCRIPT
from playbooks.scripts import MOST_PEOPLE, Facts, Missing, first_name, render
from tests.unit.playbooks.playbook_text import FILE, content, text

JAN = Person("Jan Jansen", role="director", phone="+31 6 1234", email="jan@acme.example", decides=True)
EVA = Person("Eva de Boer")
ACME = Prospect(1, 1, "Acme BV", "fair", 12_500, (EVA, JAN))
FACTS = Facts(ACME, "Rob Smit", "Interest", "Meeting", date(2026, 3, 12), {"company": "Clearmark"})
DUTCH = replace(FACTS, language="nl")
UNKNOWN = replace(FACTS, prospect=Prospect(1, 1, "Acme BV"), next_step=None)


@pytest.mark.parametrize(
    ("script", "facts", "words"),
    [
        ("{{ prospect.name }} ({{ prospect.source }})", FACTS, "Acme BV (fair)"),
        ("{{ person.name }}, {{ person.role }}", FACTS, "Jan Jansen, director"),
        ("{{ person.first_name }} {{ person.phone }}", FACTS, "Jan +31 6 1234"),
        ("{{ person.email }}", FACTS, "jan@acme.example"),
        ("{{ person.name }}", replace(FACTS, person=EVA), "Eva de Boer"),
        ("{{ me.name }}/{{ me.first_name }}/{{ our.company }}", FACTS, "Rob Smit/Rob/Clearmark"),
        ("{{ step.name }} -> {{ next_step.name }}", FACTS, "Interest -> Meeting"),
        ("{{ today }}, {{ prospect.value }}", FACTS, "March 12, 2026, 12,500"),
        ("{{ today }}, {{ prospect.value }}", DUTCH, "12 maart 2026, 12.500"),
        ("{{ person.name|upper }} {{ 'BIG'|lower }} {{ 'a b'|title }}", FACTS, "JAN JANSEN big A B"),
        ("{{ person.name|first_name }}", FACTS, "Jan"),
        ("{{ person.role|default('boss') }}", FACTS, "director"),
        ("{{ person.role|default('boss') }}", UNKNOWN, "boss"),
        ("{{ prospect.value|default('nothing') }}", UNKNOWN, "nothing"),
        ("{% if person.phone %}call{% elif person.email %}mail{% else %}visit{% endif %}", FACTS, "call"),
        ("{% if person.phone %}call{% elif person.email %}mail{% else %}visit{% endif %}", UNKNOWN, "visit"),
        ("{% if person %}yes{% else %}no{% endif %}", UNKNOWN, "no"),
        ("{% if next_step %}yes{% else %}no{% endif %}", UNKNOWN, "no"),
        ("{% if prospect.value > 10000 %}big{% endif %}", FACTS, "big"),
        ("{% if prospect.value > 10000 or prospect.value <= 10000 %}known{% endif %}", UNKNOWN, ""),
        ("{% if prospect.source == 'fair' and not person.role != 'director' %}ok{% endif %}", FACTS, "ok"),
        ("{% if person.name == 'x' %}a{% else %}b{% endif %}", UNKNOWN, "b"),
        ("{% for p in people %}{{ p.first_name }}{% if not loop.last %}, {% endif %}{% endfor %}", FACTS,
         "Eva, Jan"),
        ("{% for person in people %}{{ person.name }};{% endfor %}{{ person.name }}", FACTS,
         "Eva de Boer;Jan Jansen;Jan Jansen"),
        ("{% for p in people %}x{% else %}nobody{% endfor %}", UNKNOWN, "nobody"),
        ("{% for p in people %}{% if p.decides %}{{ p.name }}{% endif %}{% endfor %}", FACTS, "Jan Jansen"),
        ("a{# a remark #}b {% raw %}{{ as it is }}{% endraw %}", FACTS, "ab {{ as it is }}"),
        ("Hello,\n{% if person %}\nJan\n{% endif %}\nBye", FACTS, "Hello,\nJan\nBye"),
        ("<&> {{ '<b>' }}", FACTS, "<&> <b>"),
        ("", FACTS, ""),
    ],
)  # fmt: skip
def test_a_script_is_filled_in(script: str, facts: Facts, words: str) -> None:
    rendered = render(script, facts)
    assert (rendered.text, rendered.missing, rendered.as_written) == (words, (), False)


def test_a_lacking_value_is_marked_and_reported_once() -> None:
    rendered = render("Hi {{ person.first_name }}, {{ person.name|upper }}: {{ person.phone }}", UNKNOWN)
    assert rendered.text == "Hi [first name], [name]: [phone number]"
    assert rendered.missing == (Missing("person.name", "name"), Missing("person.phone", "phone number"))


def test_a_lacking_value_is_marked_in_the_playbooks_language() -> None:
    assert render("Dag {{ person.first_name }}", replace(UNKNOWN, language="nl")).text == "Dag [voornaam]"


def test_a_lacking_value_says_of_whom() -> None:
    rendered = render("{% for p in people %}{{ p.phone }} {% endfor %}", FACTS)
    assert rendered.text == "[phone number] +31 6 1234 "
    assert rendered.missing == (Missing("person.phone", "phone number", "Eva de Boer"),)


def test_asking_whether_a_value_is_there_does_not_report_it() -> None:
    assert render("{% if person.phone %}x{% endif %}{{ person.role|default('you') }}", UNKNOWN).missing == ()


def test_a_script_without_a_prospect_is_all_placeholders() -> None:
    rendered = render("{{ prospect.name }} {{ person.name }} {{ me.name }}", replace(FACTS, prospect=None))
    assert rendered.text == "[company name] [name] Rob Smit"


def test_what_people_typed_is_never_read_as_a_script() -> None:
    sly = replace(FACTS, prospect=Prospect(1, 1, "{{ person.__class__ }}{% for %}"))
    assert render("{{ prospect.name }}", sly).text == "{{ person.__class__ }}{% for %}"


def test_words_that_do_not_fit_are_cut_visibly() -> None:
    crowd = replace(FACTS, prospect=Prospect(1, 1, "Acme", people=(Person("x" * 2000),) * 50))
    rendered = render("{% for p in people %}{{ p.name }}{% endfor %}", crowd)
    assert (len(rendered.text), rendered.text[-1], rendered.cut) == (LONGEST_SCRIPT, "…", True)


def test_a_loop_shows_a_bounded_number_of_people() -> None:
    crowd = replace(FACTS, prospect=Prospect(1, 1, "Acme", people=(Person("x"),) * 50))
    assert render("{% for p in people %}{{ p.name }}{% endfor %}", crowd).text == "x" * MOST_PEOPLE


def test_the_facts_of_a_step_name_the_next_one_and_the_last_has_none() -> None:
    playbook = read_playbook(text(content()), FILE).playbook
    assert playbook is not None
    first = Facts.at_step(playbook, 1, ACME, "Rob", date(2026, 3, 12))
    last = Facts.at_step(playbook, 2, ACME, "Rob", date(2026, 3, 12))
    assert (first.step, first.next_step, first.variables) == ("Step number 1", "Step number 2", playbook.variables)
    assert (last.step, last.next_step) == ("Step number 2", None)


@pytest.mark.parametrize(
    ("name", "first"),
    [("Jan Jansen", "Jan"), ("dr. Eva de Boer", "Eva"), ("Prof. Dr. Wim", "Wim"), ("Mr.", "Mr."), ("", "")],
)
def test_a_first_name_leaves_titles_out(name: str, first: str) -> None:
    assert first_name(name) == first
