"""What `/funnel`, `/plan`, `/forecast` and *Why?* show: the one thing first, and all of it in words as well."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.views import backward_plan, forecast, funnel, plan_dialog, why
from bot.views.funnel_slices import name_of
from bot.views.ids import Action
from bot.views.limits import BlockMode
from bot.views.message import Message, Modal
from bot.views.number_slips import ForecastSlip, FunnelSlip, PlanSlip
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.periods import Period
from playbooks.funnel.picture import StepOfFunnel
from playbooks.numbers import Target
from tests.fake_slack.answers import texts_of
from tests.fake_slack.surfaces import check_message, check_view
from tests.unit.views.numbers_world import (
    AS_OF,
    AT,
    SAAS,
    Team,
    a_new_team,
    a_small_team,
    a_team,
    some_scores,
    visits,
)

READERS = [Reader(Words(locale, "UTC"), mode, AS_OF) for locale in ("en-GB", "nl-NL") for mode in BlockMode]
READER = READERS[0]
JARGON = re.compile(
    r"percentile|confidence|interval|hazard|\bbeta\b|median|posterior|quantile|probabilit|kans|betrouwbaar|mediaan",
    re.IGNORECASE,
)
TEN = PlanSlip(wins=10)
TARGET = Target(10, 0.8, AT, 1)


def words_of(shown: Message | Modal) -> str:
    return "\n".join(texts_of(list(shown.blocks)))


def funnel_of(team: Team, reader: Reader = READER) -> Message:
    return funnel.message(team.funnel_seen(), FunnelSlip(), reader)


def plan_of(team: Team, reader: Reader = READER) -> Message:
    return backward_plan.message(team.plan_seen(), TEN, reader, leads=True)


def forecast_of(team: Team, reader: Reader = READER) -> Message:
    scores, earlier = some_scores(4)
    seen = team.forecast_seen(scores=scores, earlier=earlier, scoring_from=date(2025, 5, 1), target=TARGET)
    return forecast.message(seen, ForecastSlip(), reader)


MESSAGES = [funnel_of, plan_of, forecast_of]
TEAMS = [a_team, a_small_team, a_new_team, lambda: a_new_team(assumes=False)]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("team", TEAMS)
@pytest.mark.parametrize("shown", MESSAGES)
def test_slack_takes_it_and_nothing_in_it_is_jargon(
    shown: Callable[[Team, Reader], Message], team: Callable[[], Team], reader: Reader
) -> None:
    message = shown(team(), reader)
    check_message(message.payload())
    assert not JARGON.search(words_of(message) + message.text)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("team", TEAMS)
def test_slack_takes_every_why_and_nothing_in_it_is_jargon(team: Callable[[], Team], reader: Reader) -> None:
    the_team = team()
    seen = the_team.funnel_seen()
    dialogs = [why.of_step(seen, number, reader) for number in (1, 2, 3)]
    dialogs += [why.of_overall(seen, reader), why.of_bottleneck(seen, reader)]
    dialogs += [why.of_plan(the_team.plan_seen(), reader), why.of_forecast(the_team.forecast_seen(), reader)]
    dialogs += [why.of_slices(the_team.funnel_seen(by=by), reader) for by in Dimension]
    for dialog in dialogs:
        check_view(dialog.payload(), "modal")
        assert not JARGON.search(words_of(dialog))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("by", Dimension)
@pytest.mark.parametrize("team", TEAMS)
def test_slack_takes_every_slice(team: Callable[[], Team], by: Dimension, reader: Reader) -> None:
    seen = team().funnel_seen(by=by, hidden_reps=by is Dimension.REP)
    for slice_ in (None, "fair", "1"):
        check_message(funnel.message(seen, FunnelSlip(by=by, slice=slice_), reader).payload())


@pytest.mark.parametrize("reader", READERS)
def test_the_longest_playbook_fits(reader: Reader) -> None:
    name = "Wij & <jullie> 😀 " * 12
    steps = tuple(StepOfFunnel(90 + n, n, name, limit=45, expects=(0.5, 9.0)) for n in range(1, 21))
    for shown in MESSAGES:
        message = shown(Team([], steps), reader)
        check_message(message.payload())
    seen = Team([], steps).funnel_seen()
    check_view(why.of_overall(seen, reader).payload(), "modal")


def test_one_point_better_is_told_to_who_asks_and_ranks_nothing() -> None:
    said = words_of(why.of_bottleneck(a_team().funnel_seen(), READER))
    assert "If one more of 100 went on, that would bring, in extra customers in 13 weeks: 0.2 in step 1" in said
    assert "That ranks nothing" in said
    assert "one more of 100" not in words_of(why.of_bottleneck(a_small_team().funnel_seen(), READER))


# The funnel.


def test_the_funnel_begins_with_where_to_look() -> None:
    first = texts_of(list(funnel_of(a_team()).blocks))[1]
    assert first.startswith("*Step 2, Demo, needs attention most.")


def test_each_step_has_its_counts_share_days_and_change() -> None:
    said = words_of(funnel_of(a_team()))
    assert (
        "*1 Interest*: 60 of 156 so far, 11 undecided\n"
        "*40 of 100 go on within 21 days, between 35 and 45.*\n"
        "Time: half within 5 days, four fifths within 10.\n"
        "No clear change from the 13 weeks before (34 of 100)."
    ) in said


def test_the_funnel_says_until_when_it_counts_and_what_a_range_means() -> None:
    said = words_of(funnel_of(a_team()))
    assert "Counted until Sun 1 Mar; what happened since counts from tomorrow." in said
    assert "“Between”: 8 of 10 times the true number lies there." in said


def test_each_number_of_the_funnel_has_its_why() -> None:
    message = funnel_of(a_team())
    asked = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert {button["action_id"] for button in asked} == {Action.WHY}
    assert len(asked) == 5  # the bottleneck, the whole, and three steps


def test_a_new_team_is_shown_what_the_playbook_expects() -> None:
    said = words_of(funnel_of(a_new_team()))
    assert "Nobody came in before today, so here is what the playbook expects" in said
    assert "The playbook expects 36 of 100." in said
    assert "your own numbers take over after some ten decided prospects." in said


def test_a_new_team_without_expectations_is_told_how_to_begin() -> None:
    assert "Add a prospect, and from tomorrow it counts here." in words_of(funnel_of(a_new_team(assumes=False)))


def test_who_sees_no_blocks_reads_the_same() -> None:
    text = funnel_of(a_team()).text
    assert "Step 2, Demo, needs attention most." in text
    assert "1 Interest: 60 of 156 so far, 11 undecided" in text


def test_other_playbooks_are_one_command_away() -> None:
    seen = a_team().funnel_seen(others=("Services",))
    assert "`/funnel playbook:Services`" in words_of(funnel.message(seen, FunnelSlip(), READER))


def test_a_slice_stands_beside_the_team_and_what_its_pace_would_have_brought() -> None:
    seen = a_team().funnel_seen(by=Dimension.REP)
    said = words_of(funnel.message(seen, FunnelSlip(by=Dimension.REP, slice="1"), READER))
    assert "B2B SaaS: who goes on, the last 13 weeks · Ann" in said
    assert "*2 Demo*: 15 went on (at the team's pace it would be 20)" in said
    assert "the team: 26 of 100." in said


def test_slices_stand_in_the_order_of_their_names_and_are_no_ranking() -> None:
    seen = a_team().funnel_seen(by=Dimension.REP)
    said = words_of(funnel.message(seen, FunnelSlip(by=Dimension.REP), READERS[1]))
    rows = re.findall(r"^• (\w+): \d+ went on", said, re.MULTILINE)[:3]
    assert rows == ["Ann", "Bob", "Cas"]


def test_the_teams_count_is_the_teams_also_for_who_sees_one_slice() -> None:
    whole = a_team().funnel_seen(by=Dimension.REP)
    own = tuple(replace(each, slices={"1": each.slices["1"]}) for each in whole.funnel.steps)
    seen = replace(whole, funnel=replace(whole.funnel, steps=own), hidden_reps=True)
    said = words_of(funnel.message(seen, FunnelSlip(by=Dimension.REP), READER))
    assert "1 Interest\nthe whole team\n64\n" in said
    assert "The own numbers of your colleagues are for them and for managers alone." in said


def test_more_slices_than_fit_are_counted() -> None:
    found = a_team().funnel_seen(by=Dimension.SOURCE)
    many = {
        f"source {n:02}": one for n in range(15) for one in [next(iter(found.funnel.steps[0].slices.values()))]
    }
    steps = tuple(replace(each, slices=many) for each in found.funnel.steps)
    seen = replace(found, funnel=replace(found.funnel, steps=steps))
    for reader in READERS[:2]:
        said = words_of(funnel.message(seen, FunnelSlip(by=Dimension.SOURCE), reader))
        assert "and 3 more" in said


def test_a_source_that_came_back_is_said_so() -> None:
    seen = a_team().funnel_seen(by=Dimension.SOURCE)
    assert name_of("returned:fair", seen, READER) == "fair, came back"
    assert name_of("", seen, READER) == "unknown"


def test_who_may_see_a_colleagues_numbers_is_said_in_one_sentence() -> None:
    message = funnel.not_yours("Ann", ["Max", "Mia"], READER)
    assert message.text == "The own numbers of Ann are for Ann and for managers alone: ask Max and Mia."


# The plan.


def test_the_plan_begins_with_its_answer_and_says_one_week_beside_it() -> None:
    said = words_of(plan_of(a_team()))
    assert "To win 10 customers a week you need *153 new prospects a week*; 8 of 10 times that is enough" in said
    assert "To win 10 in any one week, 8 of 10 times, it takes 169 a week." in said
    assert "Those 153 a week count on the undecided going on as the last ones did; " in said
    assert "if they never buy, it takes 194." in said
    assert "Now 12 a week come in (the last 8 weeks)." in said


def test_the_what_if_to_copy_is_of_the_number_that_was_asked() -> None:
    seen = a_team().plan_seen()
    asked = replace(seen, asked=replace(seen.asked, wins=2.5))
    said = words_of(backward_plan.message(asked, PlanSlip(wins=2.5, period=Period.WEEK), READER, leads=True))
    assert "/plan 2.5 per week step3:+5" in said


def test_the_plan_tells_days_work_and_when_it_can_begin() -> None:
    said = words_of(plan_of(a_team()))
    assert "From first step to customer: half within 13 days, four fifths within 21." in said
    assert re.search(
        r"That takes some \d+ contacts and \d+ h a week: \d+ contacts and \d+ h for each customer\.", said
    )
    assert "20% of those minutes nobody logged: the playbook's count for them." in said
    assert "the 13 weeks from Mon 6 Apr on are the first to reach it." in said


def test_the_plan_needs_selling_hours_to_say_how_many_people() -> None:
    assert "Set your selling hours in /nextstep settings." in words_of(plan_of(a_team()))
    seen = a_team().plan_seen(selling=(1200.0, 900.0))
    assert "that is work for 13 people." in words_of(backward_plan.message(seen, TEN, READER, leads=True))


def test_a_what_if_shows_before_and_after() -> None:
    seen = a_team().plan_seen(what_if={2: 10})
    said = words_of(backward_plan.message(seen, PlanSlip(wins=10, what_if={2: 10}), READER, leads=True))
    assert "you need *110 new prospects a week*" in said
    assert "That is if step 2 went from 26 to 36 of 100. As it is now, you need 153." in said


def test_where_nobody_ever_became_a_customer_the_work_is_told_by_the_week_only() -> None:
    seen = Team(visits(3, 5, rates=(0.0, 0.0, 0.0))).plan_seen(wins=0.1, certainty=0.5)
    said = words_of(backward_plan.message(seen, PlanSlip(wins=0.1), READER, leads=True))
    assert "That takes some" in said
    assert "for each customer" not in said


def test_a_plan_is_said_in_the_period_that_was_asked() -> None:
    slip = PlanSlip(wins=26, period=Period.QUARTER)
    seen = a_team().plan_seen(wins=2)
    assert "To win 26 customers a quarter (2 a week)" in words_of(
        backward_plan.message(seen, slip, READER, leads=True)
    )


def test_a_plan_where_nobody_went_on_yet_says_that_it_is_a_guess() -> None:
    team = Team(visits(3, 14, rates=(0.5, 0.0, 0.6)))
    assert "Nobody went on in step 2 yet, so this is a guess at most." in words_of(plan_of(team))
    assert "a guess" not in words_of(plan_of(a_team()))


def test_a_plan_on_assumptions_says_so() -> None:
    said = words_of(plan_of(a_small_team()))
    assert "Assumed: for step 3 this counts with what the playbook expects" in said


def test_without_data_or_expectations_there_is_no_plan_and_no_forecast() -> None:
    team = a_new_team(assumes=False)
    for message in (plan_of(team), forecast_of(team)):
        assert "steps 1, 2 and 3 have fewer than 10 decisions" in words_of(message)


def test_only_who_leads_is_offered_to_make_it_the_target() -> None:
    seen = a_team().plan_seen()
    offered = [
        "Make this our target" in words_of(backward_plan.message(seen, TEN, READER, leads=leads))
        for leads in (True, False)
    ]
    assert offered == [True, False]


def test_the_target_that_stands_is_not_offered_again() -> None:
    said = words_of(backward_plan.message(a_team().plan_seen(kept=TARGET), TEN, READER, leads=True))
    assert "Make this our target" not in said
    assert "Your team's target: 10 customers a week, 8 of 10 times." in said


@pytest.mark.parametrize("reader", READERS)
def test_the_plans_dialog_is_complete_in_every_client(reader: Reader) -> None:
    dialog = plan_dialog.dialog(PlanSlip(wins=10, setting=True), [SAAS], reader)
    check_view(dialog.payload(), "modal")
    kinds = {block["element"]["type"] for block in dialog.blocks if block["type"] == "input"}
    assert kinds == {"plain_text_input", "static_select"}


# The forecast.


def test_the_forecast_says_each_span_with_its_range_and_the_target_against_it() -> None:
    said = words_of(forecast_of(a_team()))
    assert "*The next 4 weeks*: some 3 new customers, between 1 and 5." in said
    assert "*The next 13 weeks*: some 12 new customers, between 7 and 17" in said
    assert "Your target, 10 a week, is 130 in 13 weeks: as things go, that is hardly ever reached." in said


def test_the_forecast_says_how_earlier_ones_did() -> None:
    said = words_of(forecast_of(a_team()))
    assert "Over 4 weeks: 9 of 11 held; on average 0.4 too high." in said


@pytest.mark.parametrize(
    ("scoring_from", "said"),
    [
        (None, "From 13 weeks after the first decision on, it is held against what happened."),
        (date(2026, 4, 1), "From Wed 1 Apr on, it is held against what happened."),
        (date(2026, 2, 1), "held against what happened once its weeks are over."),
    ],
)
def test_before_forecasts_are_scored_it_says_when(scoring_from: date | None, said: str) -> None:
    seen = a_team().forecast_seen(scoring_from=scoring_from)
    assert said in words_of(forecast.message(seen, ForecastSlip(), READER))


# Why.


def test_why_tells_cases_undecided_weeks_reach_and_how_it_is_computed() -> None:
    said = words_of(why.of_step(a_team().funnel_seen(), 2, READER))
    assert "67 prospects came into this step in the last 13 weeks: 13 went on, 51 left, 3 undecided." in said
    assert "Over the last 52 weeks, for 13 had too few." in said
    assert "from Mon 3 Mar 2025 to Sun 1 Mar: for each day after coming in" in said
    assert "It looks 20 days ahead: after that, fewer than 10 prospects were still here to learn from." in said


def test_why_of_too_few_says_what_would_be_enough() -> None:
    said = words_of(why.of_step(a_small_team().funnel_seen(), 3, READER))
    assert "With fewer than 10 decisions a share would say more than you know" in said


def test_why_of_the_bottleneck_holds_all_steps_against_each_other() -> None:
    said = words_of(why.of_bottleneck(a_team().funnel_seen(), READER))
    assert "would bring some 5 extra customers in 13 weeks (as good as always the largest)" in said
    assert "A step is named when it is the largest at least 7 of 10 times." in said
