"""The subcommands that are not about one known prospect: `add` and `list`."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from bot.grammar.aliases import Aliases
from bot.grammar.arguments import Arguments, Key, MemberSaid
from bot.grammar.commands import AddProspect, ListProspects, NextSaid, Verb
from bot.grammar.names import LONGEST_NAME
from bot.grammar.naming import ProspectReading
from bot.grammar.quotes import leading_quote
from bot.grammar.readings import Clear, Context, Draft, Mistake, Question, Unclear, Wrong
from bot.grammar.values import read_amount, read_email, read_next, read_step

_STALLED: Final = Aliases.of(dict.fromkeys(("stalled", "stil", "vastgelopen"), True))
_MINE: Final = Aliases.of(dict.fromkeys(("me", "mine", "mij", "van mij"), MemberSaid(name="me")))
_FILTERS: Final = ("step:", "rep:", "source:", "playbook:", "stalled")


def read_add(arguments: Arguments, context: Context) -> ProspectReading:
    """`add Acme BV source:fair`: all the text is the name, unless it starts with one in quotes."""
    name, note = leading_quote(arguments.text) or (arguments.text.rstrip(",").strip(), "")
    name = " ".join(name.split())
    note = "\n".join(filter(None, (note, arguments.value(Key.NOTE))))
    if len(name) > LONGEST_NAME:
        return Wrong(Mistake.NAME_TOO_LONG, name)
    read = _added(name, note, arguments, context)
    if isinstance(read, Wrong) or name:
        return read if isinstance(read, Wrong) else Clear(read)
    day, what = (read.next.day, read.next.what) if read.next else (None, "")
    draft = Draft(Verb.ADD, note=note, member=read.rep, day=day, what=what, values=arguments.values)
    return Unclear(Question.NAME, draft)


def _added(name: str, note: str, arguments: Arguments, context: Context) -> AddProspect | Wrong:
    next_said = _next(arguments, context)
    if isinstance(next_said, Wrong):
        return next_said
    amount = _amount(arguments)
    if isinstance(amount, Wrong):
        return amount
    email = read_email(arguments.value(Key.EMAIL)) if Key.EMAIL in arguments.values else ""
    if isinstance(email, Wrong):
        return email
    rep = rep_said(arguments)
    if isinstance(rep, Wrong):
        return rep
    return AddProspect(
        name,
        source=arguments.value(Key.SOURCE),
        playbook=arguments.value(Key.PLAYBOOK),
        person=arguments.value(Key.PERSON),
        phone=arguments.value(Key.PHONE),
        email=email,
        value=amount,
        rep=rep,
        next=next_said,
        note=note,
    )


def read_list(arguments: Arguments, _context: Context) -> ProspectReading:
    """`list step:3 source:fair @ann stalled`: filters in any order."""
    rep = rep_said(arguments)
    if isinstance(rep, Wrong):
        return rep
    filters = ListProspects(rep=rep, source=arguments.value(Key.SOURCE), playbook=arguments.value(Key.PLAYBOOK))
    if Key.STEP in arguments.values:
        step = read_step(arguments.value(Key.STEP))
        if step is None:
            return Wrong(Mistake.STEP, arguments.value(Key.STEP))
        filters = replace(filters, step=step)
    return _with_words(filters, arguments.text)


def _with_words(filters: ListProspects, text: str) -> ProspectReading:
    """The filters that are words of their own: `stalled`, `mine`, `step3`."""
    while text:
        stalled, mine = _STALLED.read(text), _MINE.read(text)
        first, _, after = text.partition(" ")
        step = read_step(first)
        if stalled:
            filters, text = replace(filters, stalled=True), stalled[1]
        elif mine:
            filters, text = replace(filters, rep=mine[0]), mine[1]
        elif step and not filters.step:
            filters, text = replace(filters, step=step), after.strip()
        else:
            return Wrong(Mistake.FILTER, text, expected=_FILTERS)
    return Clear(filters)


def _next(arguments: Arguments, context: Context) -> NextSaid | Wrong | None:
    return read_next(arguments.value(Key.NEXT), context) if Key.NEXT in arguments.values else None


def _amount(arguments: Arguments) -> Decimal | Wrong | None:
    return read_amount(arguments.value(Key.VALUE)) if Key.VALUE in arguments.values else None


def rep_said(arguments: Arguments) -> MemberSaid | Wrong | None:
    """The one member that was mentioned, or named as `rep:`."""
    members = arguments.members
    if len(members) > 1:
        return Wrong(Mistake.TWO_MEMBERS, ", ".join(f"@{member.name}" for member in members))
    said = arguments.value(Key.REP).removeprefix("@")
    if members:
        return members[0]
    return MemberSaid(name=said) if said else None
