"""A playbook's numbers in a few lines: what the weekly digest and Home say of them, and what they leave out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.usecases.desk_numbers import DeskNumbers
from bot.usecases.my_steps import MyStep, MySteps
from bot.usecases.numbers_of_the_day import AHEAD, Intake, PlaybookNumbers
from bot.usecases.read_week import Week
from bot.usecases.see_forecast import Scored
from bot.views import digest, home_numbers, in_short, kit
from bot.views.message import Block
from bot.views.reader import Reader
from playbooks.digest import Came, Digest, Move
from playbooks.funnel.bottleneck import Gain
from playbooks.funnel.change import Verdict
from playbooks.funnel.forecast import forecast
from playbooks.funnel.hope import Hope
from playbooks.funnel.ranges import Range
from playbooks.numbers import Target
from tests.fake_slack.answers import texts_of
from tests.fake_slack.surfaces import check_message, check_view
from tests.unit.views.numbers_world import AS_OF, AT, SAAS, Team, a_new_team, a_small_team, a_team
from tests.unit.views.test_number_views import JARGON, READERS

ENGLISH, DUTCH = READERS[0], next(reader for reader in READERS if reader.words.language == "nl")
LAST = Scored(date(2026, 2, 2), AHEAD, 5.0, 3, 8, 6, inside=True)
INTAKE = Intake(11, 35, Target(3, 0.8, AT, 1))


def numbers_of(team: Team, *, last: Scored | None = LAST, intake: Intake | None = INTAKE) -> PlaybookNumbers:
    seen = team.funnel()
    made = () if seen.used is None else forecast(team.known, seen.used)
    ahead = next((each for each in made if each.weeks == AHEAD), None)
    return PlaybookNumbers(SAAS, seen, ahead, last, intake)


def a_week(*numbers: PlaybookNumbers) -> Week:
    moves = (Move("Acme BV", None, 1), Move("Bakker", "Demo", 2))
    return Week(
        digest=Digest(
            AS_OF, moves, 34, {Came.YES: 2, Came.WAITING: 1}, Hope(share=0.25, assumed=0.1, contacts=3, touches=12)
        ),
        numbers=numbers,
        open=20,
        stalled=3,
        names={1: "Robin", 2: "Sam"},
    )


def words_in(blocks: list[Block] | tuple[Block, ...]) -> str:
    return "\n".join(texts_of(list(blocks)))


def lines_of(numbers: PlaybookNumbers, reader: Reader = ENGLISH) -> str:
    return str(kit.joined([*in_short.steps(numbers.funnel, reader), *in_short.ahead(numbers, reader)]).source)


def changed(numbers: PlaybookNumbers, *verdicts: Verdict) -> PlaybookNumbers:
    """The same with other verdicts on the first steps."""
    steps = list(numbers.funnel.steps)
    for at, verdict in enumerate(verdicts):
        change = steps[0].change
        assert change is not None
        steps[at] = replace(steps[at], change=replace(change, verdict=verdict))
    return replace(numbers, funnel=replace(numbers.funnel, steps=tuple(steps)))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("team", [a_team(), a_small_team(), a_new_team(), a_new_team(assumes=False)])
def test_slack_takes_the_digest_and_home_of_any_team(team: Team, reader: Reader) -> None:
    numbers = numbers_of(team)
    for week in (a_week(), a_week(numbers), a_week(*[numbers] * 7)):
        message = digest.message(week, reader)
        check_message(message.payload())
        assert not JARGON.search(words_in(message.blocks))
    mine = MySteps(SAAS, AS_OF, 13, (MyStep(1, "Interest", Range(0.4, 0.2, 0.5), 0.3),))
    desk = DeskNumbers(mine=(mine, mine), team=(numbers,) * 7)
    home = kit.home(*home_numbers.beside_the_team(desk, reader), *home_numbers.of_team(desk, reader))
    check_view(home.payload(), "home")


def test_a_step_says_its_share_with_a_range_and_how_far_it_reaches() -> None:
    said = lines_of(numbers_of(a_team()))
    assert re.search(r"• 2 Demo: .*\d+ of 100.*within \d+ days.*between \d+ and \d+", said)


def test_who_is_undecided_at_the_end_of_the_days_is_said_where_they_are_many() -> None:
    few, many = (lines_of(numbers_of(team)) for team in (a_team(), a_small_team()))
    assert "1 Interest" in few
    assert "undecided then" not in few.splitlines()[0]
    assert re.search(r"2 Demo: .*; \d+ of 100 are still undecided then", many)


def test_no_clear_change_is_said_once_and_not_at_each_step() -> None:
    numbers = numbers_of(a_team())
    none = changed(numbers, *[Verdict.NO_CLEAR_CHANGE] * 3)
    assert lines_of(none).count("lear change") == 1
    assert "No clear change from the 13 weeks before." in lines_of(none)
    one = changed(numbers, Verdict.CLEARLY_UP, Verdict.NO_CLEAR_CHANGE, Verdict.NO_CLEAR_CHANGE)
    assert "clearly more" in lines_of(one).splitlines()[0]
    assert "In the other steps no clear change." in lines_of(one)


def test_a_bottleneck_is_named_only_where_the_data_tell_one() -> None:
    numbers = numbers_of(a_team())
    without = replace(numbers, funnel=replace(numbers.funnel, bottleneck=None))
    named = replace(numbers, funnel=replace(numbers.funnel, bottleneck=Gain(12, 4.0, 0.8)))
    assert "attention" not in lines_of(without)
    assert "No step stands out" not in lines_of(without)
    assert "Step 2, Demo, needs attention most." in lines_of(named)


def test_too_few_are_told_as_counts() -> None:
    assert re.search(r"too few to tell: \d+ of \d+", lines_of(numbers_of(a_small_team())))


def test_what_rests_on_expectations_says_so() -> None:
    assert "Assumed: steps 1, 2 and 3 count with what the playbook expects." in lines_of(numbers_of(a_new_team()))


def test_without_data_and_expectations_there_is_no_forecast() -> None:
    assert "next 4 weeks" not in lines_of(numbers_of(a_new_team(assumes=False), last=None, intake=None))


def test_the_last_forecast_is_held_against_what_happened() -> None:
    held, missed = (
        lines_of(numbers_of(a_team(), last=last)) for last in (LAST, replace(LAST, outcome=1, inside=False))
    )
    assert "6 new customers; the forecast had said 3 to 8, and it held." in held
    assert "1 new customer; the forecast had said 3 to 8, and it missed." in missed


def test_intake_stands_beside_what_the_target_takes() -> None:
    assert "11 new prospects came in last week. The target, 3 customers a week, takes 35 a week." in lines_of(
        numbers_of(a_team())
    )
    beyond = replace(INTAKE, needed=None)
    assert "out of reach of any number" in lines_of(numbers_of(a_team(), intake=beyond))
    assert "target" not in lines_of(numbers_of(a_team(), intake=None))


def test_the_digest_draws_the_first_playbook_above_its_words() -> None:
    week = a_week(numbers_of(a_team()))
    chart = digest.picture(week, ENGLISH)
    assert chart is not None
    assert chart.png.startswith(b"\x89PNG")
    blocks = digest.message(week, ENGLISH).blocks
    assert "who goes on" in words_in(blocks[: chart.place])
    assert "1 Interest:" not in words_in(blocks[: chart.place])
    assert "1 Interest:" in chart.alt
    assert digest.picture(a_week(), ENGLISH) is None


def test_people_are_named_in_the_digest_for_progress_only() -> None:
    said = words_in(digest.message(a_week(numbers_of(a_team())), ENGLISH).blocks)
    assert [line for line in said.splitlines() if "Robin" in line or "Sam" in line] == [
        "• *Acme BV* (Robin)",
        "• *Bakker* → Demo (Sam)",
    ]


@pytest.mark.parametrize(
    ("mine", "said"),
    [
        (Range(0.5, 0.4, 0.6), "50 of 100 go on with you, 30 of 100 with the team: clearly more"),
        (Range(0.2, 0.1, 0.25), "20 of 100 go on with you, 30 of 100 with the team: clearly fewer"),
        (Range(0.4, 0.25, 0.5), "40 of 100 go on with you, 30 of 100 with the team\nAll of it is too close"),
    ],
)
def test_a_rep_reads_whether_it_can_be_told_that_they_differ(mine: Range, said: str) -> None:
    steps = MySteps(SAAS, AS_OF, 13, (MyStep(2, "Demo", mine, 0.3),))
    assert said in words_in(home_numbers.beside_the_team(DeskNumbers(mine=(steps,)), ENGLISH))


def test_the_rest_is_too_close_where_one_step_is_told_apart() -> None:
    apart = MyStep(1, "Interest", Range(0.5, 0.4, 0.6), 0.3)
    close = MyStep(2, "Demo", Range(0.4, 0.25, 0.5), 0.3)
    steps = MySteps(SAAS, AS_OF, 13, (apart, close))
    assert "The rest is too close to call." in words_in(
        home_numbers.beside_the_team(DeskNumbers(mine=(steps,)), ENGLISH)
    )


def test_with_too_few_of_their_own_a_rep_is_not_told_apart() -> None:
    none = DeskNumbers(mine=(MySteps(SAAS, AS_OF, 13, ()),))
    assert "Too few of your prospects have decided yet" in words_in(home_numbers.beside_the_team(none, ENGLISH))
    assert "Nog te weinig van je prospects" in words_in(home_numbers.beside_the_team(none, DUTCH))


def test_dutch_says_the_week_in_dutch() -> None:
    day = AS_OF - timedelta(weeks=4)
    numbers = numbers_of(a_team(), last=replace(LAST, made_on=day))
    said = words_in(digest.message(a_week(numbers), DUTCH).blocks)
    assert "wie verdergaat, de laatste 13 weken" in said
    assert "de prognose zei 3 tot 8, en dat klopte" in said
    assert "Het doel, 3 klanten per week, vraagt er 35 per week." in said
