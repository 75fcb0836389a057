"""How the text of a command is taken apart, and that nobody can forge what Slack vouches for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.arguments import Key, MemberSaid, split_arguments, unescape
from bot.grammar.quotes import leading_quote, without_quotes

KEYS = frozenset({Key.NEXT, Key.NOTE, Key.EMAIL})


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("a &amp; b", "a & b"),
        ("&amp;lt;", "&lt;"),
        ("&eacute;", "&eacute;"),
        ("<@U1|ann>", "@ann"),
        ("<@U1>", "@U1"),
        ("&lt;@U1|ann&gt;", "<@U1|ann>"),
        ("<#C1|sales>", "#sales"),
        ("<!here>", "@here"),
        ("<!subteam^S1|@sales>", "@@sales"),
        ("<https://a.nl/?x=1&amp;y=2>", "https://a.nl/?x=1&y=2"),
        ("<http://acme.nl|acme.nl>", "acme.nl"),
        ("<mailto:a@b.nl|a@b.nl>", "a@b.nl"),
        ("<tel:+3112>", "+3112"),
        ("a < b > c", "a < b > c"),
        ("<>", "<>"),
        ("<@|x>", ""),
    ],
)
def test_slacks_escapes_are_undone_once(sent: str, typed: str) -> None:
    assert unescape(sent) == typed


@pytest.mark.parametrize(
    ("text", "left", "values"),
    [
        ("Acme", "Acme", {}),
        ("Acme next:friday", "Acme", {Key.NEXT: "friday"}),
        ("Acme next: friday call", "Acme", {Key.NEXT: "friday call"}),
        ("Acme VOLGENDE:vrijdag notitie:leuk gesprek", "Acme", {Key.NEXT: "vrijdag", Key.NOTE: "leuk gesprek"}),
        ("Acme note:12:30 at http://a.nl", "Acme", {Key.NOTE: "12:30 at http://a.nl"}),
        ('Acme note:"next: friday" email:a@b.nl', "Acme", {Key.NOTE: '"next: friday"', Key.EMAIL: "a@b.nl"}),
        ('"next:" BV note:x', '"next:" BV', {Key.NOTE: "x"}),
        ("Acme he said: no", "Acme he said: no", {}),
        ("Acme e-mail:a@b.nl", "Acme", {Key.EMAIL: "a@b.nl"}),
        ("Acme\nnote:one\ntwo", "Acme", {Key.NOTE: "one\ntwo"}),
        ("Acme :next:", "Acme :next:", {}),
    ],
)
def test_a_value_runs_to_the_next_key(text: str, left: str, values: dict[Key, str]) -> None:
    arguments = split_arguments(text, KEYS)
    assert (arguments.text, dict(arguments.values), arguments.unknown) == (left, values, ())


@pytest.mark.parametrize("text", ["Acme source:fair", "Acme nxt: friday", "Acme bedrag:20"])
def test_a_key_the_command_does_not_know_is_told_apart_from_text(text: str) -> None:
    assert split_arguments(text, KEYS).unknown


def test_mentions_are_taken_out_only_where_a_member_is_needed() -> None:
    text = "Acme <@U1|ann> note:with <@U2|ben>"
    with_members = split_arguments(text, KEYS, with_members=True)
    assert with_members.members == (MemberSaid("U1", "ann"), MemberSaid("U2", "ben"))
    assert with_members.text == "Acme"
    without = split_arguments(text, KEYS)
    assert (without.text, without.value(Key.NOTE), without.members) == ("Acme @ann", "with @ben", ())


def test_a_typed_mention_never_gets_an_id() -> None:
    forged = split_arguments("&lt;@U1|ann&gt; \ue000U1|ann\ue001 @ann", KEYS, with_members=True)
    assert forged.members == (MemberSaid(name="ann"),)


def test_myself_is_a_member_too() -> None:
    assert MemberSaid(name="Mij").is_myself
    assert not MemberSaid("U1", "me").is_myself


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"Acme" rest', ("Acme", "rest")),
        ("‘Hof van d’Or’ rest", ("Hof van d’Or", "rest")),
        ("“Acme”, rest", ("Acme", "rest")),
        ("„Acme” rest", ("Acme", "rest")),
        ("‘Acme’", ("Acme", "")),
        ('"Acme', None),
        ('""', None),
        ('" "', None),
        ("'s-Hertogenbosch BV'", None),
        ("", None),
    ],
)
def test_quotes_hold_a_name_together(text: str, quoted: tuple[str, str] | None) -> None:
    assert leading_quote(text) == quoted


def test_only_one_whole_quotation_loses_its_marks() -> None:
    assert without_quotes(' "a b" ') == "a b"
    assert without_quotes('"a" b') == '"a" b'


@given(st.text(max_size=200), st.booleans())
def test_any_text_can_be_taken_apart(text: str, with_members: bool) -> None:
    split_arguments(text, KEYS, with_members=with_members)
