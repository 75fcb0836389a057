"""Why the rules said no, in words: one sentence says what is wrong and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.views import kit, prospects, refused_numbers, standings
from bot.views.ids import Block
from bot.views.message import Message
from bot.views.reader import Reader
from playbooks.refusal import Refusal, Refused

FIELDS: Final[Mapping[Refusal, tuple[Block, ...]]] = {
    Refusal.EVIDENCE_MISSING: (Block.EVIDENCE, Block.NEXT_EVIDENCE),
    Refusal.DATE_PAST: (Block.UNTIL, Block.NEXT_DATE),
    Refusal.DATE_TOO_FAR: (Block.UNTIL, Block.NEXT_DATE),
    Refusal.WAIT_TOO_LONG: (Block.UNTIL,),
    Refusal.WAIT_TOO_OFTEN: (Block.UNTIL,),
    Refusal.REASON_UNKNOWN: (Block.REASON,),
    Refusal.REASON_NEEDS_TEXT: (Block.NOTE,),
    Refusal.OUTCOME_UNKNOWN: (Block.OUTCOME,),
    Refusal.SCRIPT_UNKNOWN: (Block.SCRIPT,),
    Refusal.MOMENT_UNKNOWN: (Block.MOMENT,),
    Refusal.TEXT_TOO_LONG: (Block.NOTE, Block.NEXT_WHAT, Block.NAME),
    Refusal.DECISION_TOO_LATE: (Block.UNTIL,),
    Refusal.DECISION_FORCED_ALREADY: (Block.UNTIL,),
    Refusal.MINUTES_OUT_OF_RANGE: (Block.MINUTES,),
    Refusal.OWNER_ALREADY: (Block.OWNER,),
    Refusal.MEMBER_UNKNOWN: (Block.OWNER, Block.MANAGER),
    Refusal.OPEN_ALREADY: (Block.NAME,),
    Refusal.NAME_MISSING: (Block.NAME, Block.PERSON),
    Refusal.PLAYBOOK_UNKNOWN: (Block.PLAYBOOK,),
    Refusal.NO_NEXT_ACTION: (Block.NEXT_DATE,),
    Refusal.WINS_OUT_OF_RANGE: (Block.WINS,),
    Refusal.CERTAINTY_OUT_OF_RANGE: (Block.CERTAINTY,),
}
"""Which field of a dialog a refusal is about."""


def refused(refusal: Refused, reader: Reader) -> Message:
    """Why the rules said no; about an open prospect with what can be done with it."""
    said, tracked = sentence(refusal, reader), refusal.details.get("tracked")
    if tracked is None or not tracked.journey.is_open:
        return kit.message(said)
    return kit.message(said, kit.section(said), prospects.buttons(prospects.ticket_of(tracked), reader))


def sentence(refusal: Refused, reader: Reader) -> str:
    """The same as plain text, for the place beside a field."""
    return _SENTENCES[refusal.code](refusal.details, reader)


Details = Mapping[str, Any]


def _closed(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "This prospect is closed ({status}), so nothing changed; add it again to start over.",
        status=standings.status(details["status"], reader),
    )


def _skips(details: Details, reader: Reader) -> str:
    words, following = reader.words, details["next"]
    if following is None:
        return words.gettext("{step} is the last step: after it the prospect is won.", step=details["step"].name)
    return words.gettext(
        "Steps are never skipped: after {step} comes {next}.", step=details["step"].name, next=following.name
    )


def _evidence_missing(details: Details, reader: Reader) -> str:
    missing = [item.text for item in details["missing"]]
    return reader.words.gettext(
        "Not yet: tick the evidence that shows they decided. Missing: {missing}.", missing="; ".join(missing)
    )


def _evidence_unknown(details: Details, reader: Reader) -> str:
    return reader.words.gettext("{step} has no such evidence; open the dialog again.", step=details["step"].name)


def _no_next_action(_: Details, reader: Reader) -> str:
    return reader.words.gettext("An open prospect always has a next action: give a date, such as next:friday.")


def _date_past(details: Details, reader: Reader) -> str:
    if details["date"] == details["today"]:
        return reader.words.gettext("That is today; give a later date.")
    return reader.words.gettext("{date} is in the past; give a later date.", date=reader.day(details["date"]))


def _date_too_far(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "{date} is too far away; the latest possible date is {latest}.",
        date=reader.day(details["date"]),
        latest=reader.day(details["latest"]),
    )


def _reason_unknown(details: Details, reader: Reader) -> str:
    return _one_of(
        reader.words.gettext("{said} is not a reason of this playbook; choose one of: {known}."),
        details["said"],
        [reason.label for reason in details["reasons"]],
        reader,
    )


def _outcome_unknown(details: Details, reader: Reader) -> str:
    return _one_of(
        reader.words.gettext("{said} is not an outcome of this playbook; choose one of: {known}."),
        details["said"],
        [outcome.label for outcome in details["outcomes"]],
        reader,
    )


def _script_unknown(details: Details, reader: Reader) -> str:
    if not details["scripts"]:
        return reader.words.gettext("This moment has no script {said}.", said=details["said"])
    return _one_of(
        reader.words.gettext("This step has no script {said}; it has: {known}."),
        details["said"],
        list(details["scripts"]),
        reader,
    )


def _playbook_unknown(details: Details, reader: Reader) -> str:
    known = [playbook.key for playbook in details["playbooks"]]
    if not known:
        return reader.words.gettext("This workspace has no playbook yet; ask your admin to publish one.")
    return _one_of(
        reader.words.gettext("There is no playbook {said}; there is: {known}."), details["said"], known, reader
    )


def _one_of(template: str, said: str, known: list[str], reader: Reader) -> str:
    return template.format(said=said, known=reader.words.list_of(known))


def _reason_needs_text(_: Details, reader: Reader) -> str:
    return reader.words.gettext("Say in a few words what the other reason is.")


def _minutes(details: Details, reader: Reader) -> str:
    return reader.words.gettext("Minutes go from 0 to {most}; try 20.", most=details["most"])


def _wait_too_long(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "In this step a prospect may wait until {latest} at most; choose that day or an earlier one, or not now.",
        latest=reader.day(details["latest"]),
    )


def _wait_too_often(details: Details, reader: Reader) -> str:
    if not details["times"]:
        return reader.words.gettext(
            "This step leaves a prospect no room to wait; ask for a decision, or choose not now."
        )
    return reader.words.ngettext(
        "In this step a prospect may wait only once; ask for a decision, or choose not now.",
        "In this step a prospect may wait {n} times at most; ask for a decision, or choose not now.",
        details["times"],
        n=details["times"],
    )


def _owner_already(_: Details, reader: Reader) -> str:
    return reader.words.gettext("They have this prospect already; choose somebody else.")


def _nothing_to_undo(_: Details, reader: Reader) -> str:
    return reader.words.gettext("There is nothing to undo here.")


def _imported(_: Details, reader: Reader) -> str:
    return reader.words.gettext("This came from an import and stays as it was; add it once more to start anew.")


def _not_yours(_: Details, reader: Reader) -> str:
    return reader.words.gettext("Only the person who did this, or a manager, can undo it.")


def _changed_meanwhile(details: Details, reader: Reader) -> str:
    tracked = details.get("tracked")
    if tracked is None:
        return reader.words.gettext("Somebody else was just ahead of you, so nothing was changed. Look again.")
    return reader.words.gettext(
        "This has changed since, so nothing was done. {now}", now=standings.where_it_stands(tracked, reader)
    )


def _open_already(details: Details, reader: Reader) -> str:
    tracked = details.get("tracked")
    if tracked is None:
        return reader.words.gettext("This prospect has an open journey already.")
    return reader.words.gettext(
        "This prospect is here already. {now}", now=standings.where_it_stands(tracked, reader)
    )


def _no_such_step(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "There is no step {asked}; this playbook goes from step 1 to step {last}.",
        asked=details["asked"],
        last=details["last"],
    )


def _member_unknown(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "I don't know which colleague {said} is; mention them with @ and pick them from the list.",
        said=details["said"],
    )


def _moment_unknown(details: Details, reader: Reader) -> str:
    return _one_of(
        reader.words.gettext("This step has no moment {said}; it has: {known}."),
        details["said"],
        [moment.name for moment in details["moments"]],
        reader,
    )


def _text_too_long(details: Details, reader: Reader) -> str:
    words = reader.words
    return words.gettext(
        "This text has {length} characters and {most} fit; shorten it a little.",
        length=words.number(details["length"]),
        most=words.number(details["most"]),
    )


def _decision_too_late(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "In this step they may take until {latest} to decide; choose that day or an earlier one.",
        latest=reader.day(details["latest"]),
    )


def _decision_forced_already(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "They were asked already, and decide by {due}. If they name a later date themselves, let them wait.",
        due=reader.day(details["due_on"]),
    )


def _undo_too_late(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "This closed on {day}, and could be undone for {days}; add the prospect again to start over.",
        day=reader.day(details["closed_on"]),
        days=reader.words.working_days(details["days"]),
    )


def _admins_only(details: Details, reader: Reader) -> str:
    words, admins = reader.words, details["admins"]
    if not admins:
        return words.gettext("Only an admin can do this.")
    return words.gettext("Only an admin can do this: ask {admins}.", admins=words.list_of(list(admins[:5])))


def _leaders_only(details: Details, reader: Reader) -> str:
    words, leaders = reader.words, details["leaders"]
    if not leaders:
        return words.gettext("Only a manager or an admin can do this.")
    return words.gettext(
        "Only a manager or an admin can do this: ask {leaders}.", leaders=words.list_of(list(leaders[:5]))
    )


def _last_admin(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "{member} is the only admin; make somebody else an admin first.", member=details["member"]
    )


def _name_missing(_: Details, reader: Reader) -> str:
    return reader.words.gettext("A name needs letters or figures that can be seen; type it again.")


def _no_journey(_: Details, reader: Reader) -> str:
    return reader.words.gettext("This prospect was never started; add it first.")


_SENTENCES: Final[Mapping[Refusal, Callable[[Details, Reader], str]]] = {
    Refusal.CLOSED: _closed,
    Refusal.SKIPS_A_STEP: _skips,
    Refusal.EVIDENCE_MISSING: _evidence_missing,
    Refusal.EVIDENCE_UNKNOWN: _evidence_unknown,
    Refusal.NO_NEXT_ACTION: _no_next_action,
    Refusal.DATE_PAST: _date_past,
    Refusal.DATE_TOO_FAR: _date_too_far,
    Refusal.REASON_UNKNOWN: _reason_unknown,
    Refusal.REASON_NEEDS_TEXT: _reason_needs_text,
    Refusal.OUTCOME_UNKNOWN: _outcome_unknown,
    Refusal.SCRIPT_UNKNOWN: _script_unknown,
    Refusal.MINUTES_OUT_OF_RANGE: _minutes,
    Refusal.WAIT_TOO_LONG: _wait_too_long,
    Refusal.WAIT_TOO_OFTEN: _wait_too_often,
    Refusal.OWNER_ALREADY: _owner_already,
    Refusal.NOTHING_TO_UNDO: _nothing_to_undo,
    Refusal.IMPORTED: _imported,
    Refusal.NOT_YOURS_TO_UNDO: _not_yours,
    Refusal.CHANGED_MEANWHILE: _changed_meanwhile,
    Refusal.OPEN_ALREADY: _open_already,
    Refusal.PLAYBOOK_UNKNOWN: _playbook_unknown,
    Refusal.ADMINS_ONLY: _admins_only,
    Refusal.LEADERS_ONLY: _leaders_only,
    Refusal.LAST_ADMIN: _last_admin,
    Refusal.NAME_MISSING: _name_missing,
    Refusal.NO_JOURNEY: _no_journey,
    Refusal.NO_SUCH_STEP: _no_such_step,
    Refusal.MEMBER_UNKNOWN: _member_unknown,
    Refusal.MOMENT_UNKNOWN: _moment_unknown,
    Refusal.TEXT_TOO_LONG: _text_too_long,
    Refusal.DECISION_TOO_LATE: _decision_too_late,
    Refusal.DECISION_FORCED_ALREADY: _decision_forced_already,
    Refusal.UNDO_TOO_LATE: _undo_too_late,
    **refused_numbers.SENTENCES,
}
