"""The rules of a journey once more, as SQLite's triggers: they hold for whoever writes SQL by hand, too.

The erasure of a person (a later migration) replaces `event_never_changes` by one that lets `payload` alone
change, for journeys that are named in a table of erasures in the same transaction; `event_never_goes` stays.

A migration that rebuilds `event` or `journey` (Alembic's batch mode) drops their triggers and must make them
again; adding a column does not rebuild.
"""

_IN_FORCE = """
CREATE VIEW event_in_force AS
SELECT e.workspace_id, e.journey_id, e.seq, e.kind, e.step
FROM event AS e
WHERE e.kind <> 'undone'
  AND NOT EXISTS (SELECT 1 FROM event AS u WHERE u.journey_id = e.journey_id AND u.undoes = e.seq)
"""

_CLOSING = "('won', 'lost', 'no_decision', 'not_now')"
_HIGHEST_STEP = "(SELECT max(step) FROM event_in_force WHERE journey_id = {journey})"
_STEPS = (
    "(SELECT p.steps FROM journey AS j JOIN playbook_version AS p ON p.id = j.playbook_id"
    " WHERE j.id = NEW.journey_id)"
)
_STATUS = f"""coalesce(
    (SELECT kind FROM event_in_force WHERE journey_id = NEW.id AND kind IN {_CLOSING}),
    (SELECT 'open' FROM event_in_force WHERE journey_id = NEW.id AND kind = 'started'),
    'withdrawn')"""


def _refuse(name: str, before: str, when: str, why: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {before} WHEN {when} BEGIN SELECT RAISE(ABORT, '{name}: {why}'); END"


STATEMENTS = (
    _IN_FORCE,
    _refuse("event_never_changes", "UPDATE ON event", "true", "what happened stays as it was"),
    _refuse("event_never_goes", "DELETE ON event", "true", "what happened stays; take it back with undone"),
    _refuse(
        "event_follows_the_last",
        "INSERT ON event",
        "NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM event WHERE journey_id = NEW.journey_id)",
        "seq counts on from the last event of the journey",
    ),
    _refuse(
        "event_change_goes_on",
        "INSERT ON event",
        "NEW.change <> NEW.seq AND NEW.change IS NOT"
        " (SELECT change FROM event WHERE journey_id = NEW.journey_id AND seq = NEW.seq - 1)",
        "an event begins a change or goes on with the one before",
    ),
    _refuse(
        "event_start_comes_first",
        "INSERT ON event",
        "(NEW.kind = 'started') <> (NEW.seq = 1)",
        "a journey starts once, with its first event",
    ),
    _refuse(
        "event_after_the_end",
        "INSERT ON event",
        "NEW.kind NOT IN ('started', 'undone') AND ("
        f" EXISTS (SELECT 1 FROM event_in_force WHERE journey_id = NEW.journey_id AND kind IN {_CLOSING})"
        " OR NOT EXISTS"
        " (SELECT 1 FROM event_in_force WHERE journey_id = NEW.journey_id AND kind = 'started'))",
        "the journey is over; only undone may follow",
    ),
    _refuse(
        "event_skips_a_step",
        "INSERT ON event",
        f"NEW.kind = 'advanced' AND (NEW.step IS NOT 1 + {_HIGHEST_STEP.format(journey='NEW.journey_id')}"
        f" OR NEW.step > {_STEPS})",
        "a journey moves one step at a time, within its playbook",
    ),
    _refuse(
        "event_won_too_early",
        "INSERT ON event",
        f"NEW.kind = 'won' AND {_HIGHEST_STEP.format(journey='NEW.journey_id')} IS NOT {_STEPS}",
        "a prospect is won from the last step",
    ),
    _refuse(
        "event_undone_out_of_order",
        "INSERT ON event",
        "NEW.kind = 'undone' AND NEW.undoes IS NOT"
        " (SELECT max(seq) FROM event_in_force WHERE journey_id = NEW.journey_id)",
        "only the last entry in force can be taken back",
    ),
    _refuse(
        "journey_begins_at_step_1",
        "INSERT ON journey",
        "NEW.step <> 1",
        "a journey begins at step 1",
    ),
    _refuse(
        "journey_step_is_what_events_say",
        "UPDATE OF step ON journey",
        f"NEW.step <> OLD.step AND NEW.step <> coalesce({_HIGHEST_STEP.format(journey='NEW.id')}, 1)",
        "the step comes from the events",
    ),
    _refuse(
        "journey_status_is_what_events_say",
        "UPDATE OF status ON journey",
        f"NEW.status <> OLD.status AND NEW.status <> {_STATUS}",
        "the status comes from the events",
    ),
    _refuse(
        "journey_stays_whose_it_is",
        "UPDATE OF id, workspace_id, prospect_id, playbook_id ON journey",
        "NEW.id <> OLD.id OR NEW.workspace_id <> OLD.workspace_id OR NEW.prospect_id <> OLD.prospect_id"
        " OR NEW.playbook_id <> OLD.playbook_id",
        "a journey keeps its prospect and its playbook version",
    ),
)
