"""The subcommands about one prospect that exists: its name first, then what each needs."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.grammar.arguments import Arguments, Key, MemberSaid
from bot.grammar.commands import (
    AdvanceProspect,
    AssignProspect,
    DecideProspect,
    LogContact,
    LoseProspect,
    NextSaid,
    PostponeProspect,
    ProspectCommand,
    SetNextAction,
    ShowProspect,
    UndoChange,
    Verb,
    WaitForProspect,
)
from bot.grammar.dates import DateReading, DateRefused, read_leading_date
from bot.grammar.naming import ProspectReading, about
from bot.grammar.readings import Clear, Context, Draft, Mistake, Question, Unclear, Wrong
from bot.grammar.values import is_said_in_words, read_minutes, read_next, read_step, refused
from playbooks.names import KnownProspect

_UNTIL: Final = re.compile(r"^(?:until|till|tot|from|vanaf)\b\s*", re.IGNORECASE)
_TO: Final = re.compile(r"^(?:to|aan|naar)\b\s*", re.IGNORECASE)


def read_log(arguments: Arguments, context: Context) -> ProspectReading:
    """`log Acme talked next:friday min:20 script:B`: the outcome comes first, what follows is the note."""

    def complete(prospect: KnownProspect, rest: str) -> ProspectReading:
        outcome = context.words.outcomes(prospect).read(rest)
        key, text = outcome or ("", rest)
        draft = Draft(Verb.LOG, prospect, outcome=key, note=_note(text, arguments), values=arguments.values)
        read = _with_minutes(_with_next(draft, text, arguments, context), arguments)
        if isinstance(read, Wrong):
            return read
        draft, question = read
        if not outcome:
            return Unclear(Question.OUTCOME, draft)
        if question:
            return Unclear(question, draft)
        return Clear(
            LogContact(
                prospect,
                key,
                next=_next_of(draft),
                minutes=draft.minutes,
                script=arguments.value(Key.SCRIPT),
                note=draft.note,
            )
        )

    return about(Verb.LOG, arguments, context, complete, context.words.outcomes(None).starts)


def read_advance(arguments: Arguments, context: Context) -> ProspectReading:
    """`advance Acme`, and what was agreed with it: `next:friday demo`, or the same without `next:`.

    `advance Acme step3` names the step it goes to: only the next one is let through.
    """

    def complete(prospect: KnownProspect, rest: str) -> ProspectReading:
        if to := read_step(_TO.sub("", rest)) or "":
            rest = ""
        draft = Draft(Verb.ADVANCE, prospect, note=_note(rest, arguments), values=arguments.values)
        read = _with_next(draft, rest, arguments, context)
        if isinstance(read, Wrong):
            return read
        draft, question = read
        if question:
            return Unclear(question, draft)
        return Clear(AdvanceProspect(prospect, next=_next_of(draft), note=draft.note, to=to))

    return about(Verb.ADVANCE, arguments, context, complete, _date_starts(context))


def read_next_action(arguments: Arguments, context: Context) -> ProspectReading:
    """`next Acme friday call back`: the day and what to do then."""

    def complete(prospect: KnownProspect, rest: str) -> ProspectReading:
        date_said = read_leading_date(rest, context.today, context.locale)
        if isinstance(date_said, DateRefused):
            return refused(date_said)
        if date_said is None:
            return Unclear(Question.DATE, Draft(Verb.NEXT, prospect, what=rest))
        return Clear(SetNextAction(prospect, NextSaid(date_said.day, date_said.rest)))

    return about(Verb.NEXT, arguments, context, complete, _date_starts(context))


def read_lost(arguments: Arguments, context: Context) -> ProspectReading:
    """`lost Acme price too high`: a reason of the playbook and a note; `other:` takes any text."""

    def complete(prospect: KnownProspect, rest: str) -> ProspectReading:
        reasons = context.words.lost_reasons(prospect)
        draft = Draft(Verb.LOST, prospect, note=_note(rest, arguments), values=arguments.values)
        if Key.OTHER in arguments.values:
            other = reasons.read(Key.OTHER)
            note = "\n".join(filter(None, (arguments.value(Key.OTHER), draft.note)))
            return Clear(LoseProspect(prospect, other[0] if other else Key.OTHER.value, note))
        said = arguments.value(Key.REASON)
        reason = reasons.read(said or rest)
        if reason is None:
            note = "\n".join(filter(None, (said, draft.note)))
            return Unclear(Question.REASON, replace(draft, note=note))
        after = "\n".join(filter(None, (reason[1], rest if said else "")))
        return Clear(LoseProspect(prospect, reason[0], _note(after, arguments)))

    return about(Verb.LOST, arguments, context, complete, context.words.lost_reasons(None).starts)


def read_not_now(arguments: Arguments, context: Context) -> ProspectReading:
    """`not-now Acme 1 march new budget`."""
    return _until(Verb.NOT_NOW, PostponeProspect, arguments, context)


def read_wait(arguments: Arguments, context: Context) -> ProspectReading:
    """`wait Acme 1 march budget round`."""
    return _until(Verb.WAIT, WaitForProspect, arguments, context)


def read_decide(arguments: Arguments, context: Context) -> ProspectReading:
    """`decide Acme`."""
    return about(
        Verb.DECIDE,
        arguments,
        context,
        lambda prospect, rest: Clear(DecideProspect(prospect, _note(rest, arguments))),
    )


def read_show(arguments: Arguments, context: Context) -> ProspectReading:
    """`show Acme`."""
    return _only_a_name(Verb.SHOW, ShowProspect, arguments, context)


def read_undo(arguments: Arguments, context: Context) -> ProspectReading:
    """`undo Acme`."""
    return _only_a_name(Verb.UNDO, UndoChange, arguments, context)


def read_assign(arguments: Arguments, context: Context) -> ProspectReading:
    """`assign Acme @ann`, in which the mention has been taken out already, or just her name."""

    def complete(prospect: KnownProspect, rest: str) -> ProspectReading:
        text = _TO.sub("", rest)
        if len(arguments.members) > 1:
            return Wrong(Mistake.TWO_MEMBERS, ", ".join(f"@{member.name}" for member in arguments.members))
        if arguments.members:
            return Clear(AssignProspect(prospect, arguments.members[0], _note(text, arguments)))
        if text and not text.split()[1:]:
            return Clear(AssignProspect(prospect, MemberSaid(name=text), _note("", arguments)))
        return Unclear(Question.MEMBER, Draft(Verb.ASSIGN, prospect, note=_note(text, arguments)))

    return about(Verb.ASSIGN, arguments, context, complete)


def _until(
    verb: Verb,
    command: type[PostponeProspect] | type[WaitForProspect],
    arguments: Arguments,
    context: Context,
) -> ProspectReading:
    def complete(prospect: KnownProspect, rest: str) -> ProspectReading:
        date_said = read_leading_date(_UNTIL.sub("", rest), context.today, context.locale)
        if isinstance(date_said, DateRefused):
            return refused(date_said)
        if date_said is None:
            return Unclear(Question.DATE, Draft(verb, prospect, note=_why(rest, arguments)))
        return Clear(command(prospect, date_said.day, _why(date_said.rest, arguments)))

    return about(verb, arguments, context, complete, _date_starts(context))


def _why(text: str, arguments: Arguments) -> str:
    """The reason a prospect gave, said with its key or without, and the note."""
    return "\n".join(filter(None, (text, arguments.value(Key.REASON), arguments.value(Key.NOTE))))


def _only_a_name(
    verb: Verb, command: Callable[[KnownProspect], ProspectCommand], arguments: Arguments, context: Context
) -> ProspectReading:
    def complete(prospect: KnownProspect, rest: str) -> ProspectReading:
        if not rest or context.chosen == prospect.id:
            return Clear(command(prospect))
        # More was said than this name: perhaps another prospect was meant.
        return Unclear(Question.WHICH_PROSPECT, Draft(verb, prospects=(prospect,), said=arguments.text))

    return about(verb, arguments, context, complete)


def _with_next(
    draft: Draft, text: str, arguments: Arguments, context: Context
) -> tuple[Draft, Question | None] | Wrong:
    """The draft with the next action: from `next:`, or else from a date that the text starts with.

    Without the key a date in figures ("3-4 people") or one that has gone may well be just text: asked.
    """
    if Key.NEXT in arguments.values:
        said = read_next(arguments.value(Key.NEXT), context)
        return said if isinstance(said, Wrong) else (replace(draft, day=said.day, what=said.what), None)
    date_said = read_leading_date(text, context.today, context.locale)
    if date_said is None:
        return draft, None
    if isinstance(date_said, DateReading) and is_said_in_words(date_said):
        note = _note("", arguments)
        return replace(draft, day=date_said.day, what=date_said.rest, note=note), None
    return replace(draft, day=date_said.day if isinstance(date_said, DateReading) else None), Question.DATE


def _with_minutes(
    read: tuple[Draft, Question | None] | Wrong, arguments: Arguments
) -> tuple[Draft, Question | None] | Wrong:
    if isinstance(read, Wrong) or Key.MINUTES not in arguments.values:
        return read
    minutes = read_minutes(arguments.value(Key.MINUTES))
    if isinstance(minutes, Wrong):
        return minutes
    draft, question = read
    number, after = minutes
    if after:
        # `min:20 he liked it`: by the rule part of the value, but most likely the note.
        note = "\n".join(filter(None, (draft.note, after)))
        return replace(draft, minutes=number, note=note), question or Question.CHECK
    return replace(draft, minutes=number), question


def _next_of(draft: Draft) -> NextSaid | None:
    return NextSaid(draft.day, draft.what) if draft.day else None


def _note(text: str, arguments: Arguments) -> str:
    return "\n".join(filter(None, (text, arguments.value(Key.NOTE))))


def _date_starts(context: Context) -> Callable[[str], bool]:
    return lambda text: read_leading_date(text, context.today, context.locale) is not None
