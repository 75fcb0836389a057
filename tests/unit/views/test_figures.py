"""How a number is said: counts first, ranges always, and nothing that only a statistician knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.views import figures, whole_funnel
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.funnel.bottleneck import Gain
from playbooks.funnel.change import Change, Verdict
from playbooks.funnel.days import Days
from playbooks.funnel.ranges import Belief, Range
from playbooks.funnel.windows import Tally
from tests.unit.views.numbers_world import AS_OF, a_new_team, a_small_team, a_team

ENGLISH, DUTCH = (Reader(Words(locale, "UTC"), BlockMode.FULL, AS_OF) for locale in ("en-GB", "nl-NL"))


def test_a_share_is_said_of_a_hundred_with_its_range() -> None:
    found = Range(0.31, 0.21, 0.34)
    assert figures.ranged(found, ENGLISH) == "31 of 100, between 21 and 34"
    assert figures.ranged(found, DUTCH) == "31 van de 100, tussen 21 en 34"


def test_a_rare_share_is_said_of_a_thousand() -> None:
    assert figures.ranged(Range(0.008, 0.005, 0.012), ENGLISH) == "8 of 1,000, between 5 and 12"


def test_a_range_that_is_a_point_is_not_said_twice() -> None:
    assert figures.ranged(Range(0.5, 0.499, 0.501), ENGLISH) == "50 of 100"


def test_who_is_undecided_is_counted_beside_who_went_on() -> None:
    undecided, decided, nobody = Tally(19, 7, 3, 9, 0), Tally(19, 7, 12, 0, 0), Tally(0, 0, 0, 0, 0)
    assert figures.counted(undecided, ENGLISH) == "7 of 19 so far, 9 undecided"
    assert figures.counted(undecided, DUTCH) == "7 van de 19 tot nu toe verder, 9 nog onbeslist"
    assert figures.counted(decided, ENGLISH) == "7 of 19 went on"
    assert figures.counted(nobody, ENGLISH) == "nobody came in"


def test_too_few_is_said_with_the_counts_and_without_a_share() -> None:
    assert figures.too_few(Tally(19, 7, 3, 9, 0), ENGLISH) == "too few to tell: 7 of 19 so far, 9 undecided"
    assert figures.too_few(Tally(0, 0, 0, 0, 0), ENGLISH) == "nobody came in yet"


@pytest.mark.parametrize(
    ("certainty", "said"), [(0.8, "8 of 10 times"), (0.9, "9 of 10 times"), (0.95, "95 of 100 times")]
)
def test_a_certainty_is_said_in_times(certainty: float, said: str) -> None:
    assert figures.often(certainty, ENGLISH) == said


@pytest.mark.parametrize(
    ("value", "said"), [(117.6, "118"), (9.24, "9.2"), (9.0, "9"), (0.4, "0.4"), (1234.0, "1,234"), (9.97, "10")]
)
def test_a_number_is_said_whole_where_a_decimal_would_tell_nothing(value: float, said: str) -> None:
    assert figures.about(value, ENGLISH) == said


@pytest.mark.parametrize(("value", "said"), [(6.4, "6"), (2.96, "3"), (2.4, "2.4"), (0.42, "0.4")])
def test_a_number_that_is_only_roughly_known_is_said_roughly(value: float, said: str) -> None:
    assert figures.some(value, ENGLISH) == said


def test_days_are_said_without_a_median() -> None:
    assert figures.days(Days(6, 12), ENGLISH) == "half within 6 days, four fifths within 12"
    assert figures.days(Days(6, 12), DUTCH) == "de helft binnen 6 dagen, vier vijfde binnen 12"
    assert figures.days(Days(0, 0), ENGLISH) == "four fifths within 1 day"


def test_a_steps_conversion_is_said_with_how_far_it_looks() -> None:
    first = a_team().funnel().steps[0]
    assert figures.conversion(first, ENGLISH) == "40 of 100 go on within 21 days, between 35 and 45"
    assert figures.conversion(first, DUTCH) == "binnen 21 dagen gaan er 40 van de 100 verder, tussen 35 en 45"


def test_a_window_that_had_to_widen_is_said() -> None:
    funnel = a_team().funnel()
    assert [figures.widened(each, funnel.weeks, ENGLISH) for each in funnel.steps] == [
        "",
        "over the last 52 weeks, for 13 had too few",
        "over all weeks, for 13 had too few",
    ]


def test_what_the_playbook_expects_is_labelled_and_gives_way() -> None:
    last = a_small_team().funnel().steps[-1]
    assert figures.assumption(last, ENGLISH) == (
        "The playbook expects 60 of 100; your own numbers take over after some ten decided prospects."
    )
    assert figures.assumption(a_team().funnel().steps[0], ENGLISH) == ""
    assert "nothing of what to expect" in figures.assumption(a_new_team(assumes=False).funnel().steps[0], ENGLISH)


def test_a_change_is_said_with_what_it_was() -> None:
    change = a_team().funnel().steps[0].change
    assert change is not None
    assert figures.changed(change, 13, ENGLISH) == "no clear change from the 13 weeks before (34 of 100)"


@pytest.mark.parametrize(
    ("verdict", "english", "dutch"),
    [
        (Verdict.CLEARLY_UP, "clearly more than", "duidelijk meer dan"),
        (Verdict.PROBABLY_UP, "probably more than", "waarschijnlijk meer dan"),
        (Verdict.NO_CLEAR_CHANGE, "no clear change from", "geen duidelijk verschil met"),
        (Verdict.PROBABLY_DOWN, "probably fewer than", "waarschijnlijk minder dan"),
        (Verdict.CLEARLY_DOWN, "clearly fewer than", "duidelijk minder dan"),
    ],
)
def test_each_verdict_has_its_words(verdict: Verdict, english: str, dutch: str) -> None:
    share = Belief(0.22, 22.5, 78.5)
    change = Change(1, 30, earlier=share, now=share, up=0.5, sure=0.0, verdict=verdict)
    assert figures.changed(change, 26, ENGLISH) == f"{english} the 26 weeks before (22 of 100)"
    assert figures.changed(change, 26, DUTCH) == f"{dutch} de 26 weken ervoor (22 van de 100)"


@pytest.mark.parametrize(
    ("wins", "said"),
    [
        (6.2, "Reaching 40 of 100 in step 2 would bring some 6 extra customers in 13 weeks."),
        (1.0, "Reaching 40 of 100 in step 2 would bring some 1 extra customer in 13 weeks."),
        (0.01, "A better step 2 would bring hardly any extra customers in 13 weeks."),
    ],
)
def test_what_a_target_would_bring_is_said_in_customers(wins: float, said: str) -> None:
    step = replace(a_team().funnel().steps[1], gain=Gain(12, wins, 0.5))
    assert whole_funnel.gain(step, ENGLISH) == said


def test_without_a_target_the_best_colleagues_are_what_could_be_reached() -> None:
    first = a_team().funnel().steps[0]
    assert first.step.target is None
    assert whole_funnel.gain(first, ENGLISH).startswith("If everybody did step 1 as well as your best do")


def test_the_step_that_needs_attention_is_named_with_what_it_would_bring() -> None:
    assert whole_funnel.bottleneck(a_team().funnel(), ENGLISH) == (
        "Step 2, Demo, needs attention most. "
        "Reaching 40 of 100 in step 2 would bring some 5 extra customers in 13 weeks."
    )


def test_no_step_is_named_where_one_has_too_few_to_tell() -> None:
    said = whole_funnel.bottleneck(a_small_team().funnel(), ENGLISH)
    assert said == "Which step needs attention most cannot be told yet: step 3 has too few decisions."


def test_from_first_step_to_customer_is_said_with_both_ends_and_days() -> None:
    both = (
        "Of 100 new prospects, 6 become customers as far as your numbers reach (between 5 and 8), "
        "and 8 when those still undecided by then go on as the last ones did."
    )
    assert whole_funnel.overall(a_team().funnel(), ENGLISH) == [
        both,
        "From first step to customer: half within 13 days, four fifths within 21.",
    ]


def test_what_rests_on_assumptions_says_so() -> None:
    said = whole_funnel.overall(a_new_team().funnel(), ENGLISH)
    assert "Where too few decided, that rests on what the playbook expects." in said
    assert whole_funnel.overall(a_new_team(assumes=False).funnel(), ENGLISH) == []
