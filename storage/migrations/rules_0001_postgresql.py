"""The rules of a journey once more, as PostgreSQL's triggers: they hold for whoever writes SQL by hand, too.

The names and the rules are those of `rules_0001_sqlite`, and so is the way that stays open for the erasure of
a person: a later migration lets `event_never_changes` pass a change of `payload` alone.
"""

_IN_FORCE = """
CREATE VIEW event_in_force AS
SELECT e.workspace_id, e.journey_id, e.seq, e.kind, e.step
FROM event AS e
WHERE e.kind <> 'undone'
  AND NOT EXISTS (SELECT 1 FROM event AS u WHERE u.journey_id = e.journey_id AND u.undoes = e.seq)
"""

_REFUSE = """
CREATE FUNCTION refuse(rule text, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: %', rule, why USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$
"""

_REFUSE_ALWAYS = """
CREATE FUNCTION event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refuse(TG_NAME, 'what happened stays as it was');
    RETURN NULL;
END $$
"""

# The lock makes two writers of one journey take turns: without it both would count from the same last event.
_EVENT_RULES = """
CREATE FUNCTION event_keeps_the_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_seq integer;
    last_change integer;
    last_in_force integer;
    highest_step integer;
    is_started boolean;
    is_closed boolean;
    steps integer;
BEGIN
    SELECT p.steps INTO steps
    FROM journey AS j JOIN playbook_version AS p ON p.id = j.playbook_id
    WHERE j.id = NEW.journey_id FOR NO KEY UPDATE OF j;

    SELECT seq, change INTO last_seq, last_change
    FROM event WHERE journey_id = NEW.journey_id ORDER BY seq DESC LIMIT 1;

    SELECT max(seq), max(step), coalesce(bool_or(kind = 'started'), false),
           coalesce(bool_or(kind IN ('won', 'lost', 'no_decision', 'not_now')), false)
    INTO last_in_force, highest_step, is_started, is_closed
    FROM event_in_force WHERE journey_id = NEW.journey_id;

    IF NEW.seq <> coalesce(last_seq, 0) + 1 THEN
        PERFORM refuse('event_follows_the_last', 'seq counts on from the last event of the journey');
    ELSIF NEW.change <> NEW.seq AND NEW.change IS DISTINCT FROM last_change THEN
        PERFORM refuse('event_change_goes_on', 'an event begins a change or goes on with the one before');
    ELSIF (NEW.kind = 'started') <> (NEW.seq = 1) THEN
        PERFORM refuse('event_start_comes_first', 'a journey starts once, with its first event');
    ELSIF NEW.kind NOT IN ('started', 'undone') AND (is_closed OR NOT is_started) THEN
        PERFORM refuse('event_after_the_end', 'the journey is over; only undone may follow');
    ELSIF NEW.kind = 'advanced' AND (NEW.step IS DISTINCT FROM highest_step + 1 OR NEW.step > steps) THEN
        PERFORM refuse('event_skips_a_step', 'a journey moves one step at a time, within its playbook');
    ELSIF NEW.kind = 'won' AND highest_step IS DISTINCT FROM steps THEN
        PERFORM refuse('event_won_too_early', 'a prospect is won from the last step');
    ELSIF NEW.kind = 'undone' AND NEW.undoes IS DISTINCT FROM last_in_force THEN
        PERFORM refuse('event_undone_out_of_order', 'only the last entry in force can be taken back');
    END IF;
    RETURN NEW;
END $$
"""

_JOURNEY_RULES = """
CREATE FUNCTION journey_keeps_the_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    highest_step integer;
    stands_as text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.step <> 1 THEN
            PERFORM refuse('journey_begins_at_step_1', 'a journey begins at step 1');
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.workspace_id, NEW.prospect_id, NEW.playbook_id)
       <> (OLD.id, OLD.workspace_id, OLD.prospect_id, OLD.playbook_id) THEN
        PERFORM refuse('journey_stays_whose_it_is', 'a journey keeps its prospect and its playbook version');
    END IF;
    IF NEW.step = OLD.step AND NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    SELECT coalesce(max(step), 1),
           coalesce(max(kind) FILTER (WHERE kind IN ('won', 'lost', 'no_decision', 'not_now')),
                    max('open') FILTER (WHERE kind = 'started'), 'withdrawn')
    INTO highest_step, stands_as
    FROM event_in_force WHERE journey_id = NEW.id;
    IF NEW.step <> OLD.step AND NEW.step <> highest_step THEN
        PERFORM refuse('journey_step_is_what_events_say', 'the step comes from the events');
    ELSIF NEW.status <> OLD.status AND NEW.status <> stands_as THEN
        PERFORM refuse('journey_status_is_what_events_say', 'the status comes from the events');
    END IF;
    RETURN NEW;
END $$
"""

STATEMENTS = (
    _IN_FORCE,
    _REFUSE,
    _REFUSE_ALWAYS,
    _EVENT_RULES,
    _JOURNEY_RULES,
    "CREATE TRIGGER event_never_changes BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_stays()",
    "CREATE TRIGGER event_never_goes BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_stays()",
    "CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON event EXECUTE FUNCTION event_stays()",
    "CREATE TRIGGER event_rules BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_keeps_the_rules()",
    (
        "CREATE TRIGGER journey_rules BEFORE INSERT OR UPDATE ON journey"
        " FOR EACH ROW EXECUTE FUNCTION journey_keeps_the_rules()"
    ),
)
