"""`/nextstep settings`, `off` and `pause`: when Nextstep speaks to a member, and what that changes."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import Engine

import storage
from bot.views.limits import BlockMode
from playbooks.calendar import DaysOff
from playbooks.team import Rhythm
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import field, said, tracked
from tests.fake_slack import Person, faults


def rhythm_of(bot: Bot, person: Person) -> Rhythm:
    with bot.store.reading(bot.slack.workspace.id) as uow:
        member = uow.members.by_slack_id(person.user.id)
        assert member is not None
        return uow.members.rhythm(member.id)


def days_off_of(bot: Bot, person: Person) -> list[DaysOff]:
    with bot.store.reading(bot.slack.workspace.id) as uow:
        member = uow.members.by_slack_id(person.user.id)
        assert member is not None
        return list(uow.members.days_off(member.id))


def stalls_on(bot: Bot, name: str = "Acme BV") -> date | None:
    found = tracked(bot, name)
    with bot.store.reading(bot.slack.workspace.id) as uow:
        return uow.pipeline.line(found.id).stalls_on


def test_the_settings_begin_with_the_country_of_the_members_zone(anna: Person) -> None:
    dialog = anna.types("/nextstep settings")
    assert field(dialog, "country")["initial_value"] == "Netherlands"
    assert field(dialog, "hour")["initial_option"]["value"] == "08:30"
    assert "Your next message comes Mon 2 Mar 09:30" not in said(dialog)
    assert "Your next message comes Tue 3 Mar 08:30." in said(dialog)


def test_of_whom_slack_told_nothing_at_first_the_country_is_known_later(bot: Bot) -> None:
    bot.slack.fail("users.info", faults.ServerError())
    eva = bot.person("eva")
    eva.types("/nextstep")
    assert rhythm_of(bot, eva).country == "NL"


def test_the_settings_of_a_dutch_reader_are_dutch(bram: Person) -> None:
    dialog = bram.types("/nextstep instellingen")
    assert field(dialog, "country")["initial_value"] == "Nederland"
    assert "Je volgende bericht komt di 3 mrt 08:30." in said(dialog)


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_everything_is_set_in_one_dialog(bot: Bot, blocks: BlockMode) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=blocks).person("anna")
    dialog = anna.types("/nextstep settings")
    done = anna.submits(
        dialog,
        {
            "language": "English",
            "hour": "07:00",
            "working_days": ["Monday", "Tuesday", "Thursday"],
            "days_off": "24 dec - 2 jan, 30 april",
            "country": "Duitsland",
            "region": "Bayern",
            "pause": "friday",
        },
    )
    text = said(done)
    assert "I write to you in English, as you chose." in text
    assert "Your daily message comes at 07:00, on these days: Monday, Tuesday and Thursday." in text
    assert "Days off: Thu 30 Apr and Thu 24 Dec to Sat 2 Jan 2027." in text
    assert "Public holidays of: Germany, Bayern." in text
    assert "Paused: messages start again on Fri 6 Mar." in text
    assert "Your next message comes Mon 9 Mar 07:00." in text
    assert rhythm_of(bot, anna) == Rhythm(time(7), frozenset({0, 1, 3}), "DE", "BY", date(2026, 3, 5))
    again = anna.types("/nextstep settings")
    assert field(again, "days_off")["initial_value"] == "30 Apr 2026, 24 Dec 2026 - 2 Jan 2027"
    assert field(again, "pause")["initial_value"] == "6 Mar 2026"
    assert field(again, "region")["initial_value"] == "Bayern"


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_a_dialog_that_is_saved_as_it_is_changes_nothing(bot: Bot, blocks: BlockMode) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=blocks).person("anna")
    anna.types("/nextstep off 24 dec - 2 jan")
    before = rhythm_of(bot, anna), days_off_of(bot, anna)
    anna.submits(anna.types("/nextstep settings"))
    assert (rhythm_of(bot, anna), days_off_of(bot, anna)) == before


def test_every_mistake_stands_beside_its_own_field(bot: Bot, anna: Person) -> None:
    anna.types("/nextstep")
    before = rhythm_of(bot, anna)
    refused = anna.submits(
        anna.types("/nextstep settings"),
        {
            "working_days": ["Monday"],
            "days_off": "24 dec - 2 jan, whenever",
            "country": "Germny",
            "region": "Bayern",
            "pause": "today",
        },
    )
    assert refused.errors == {
        "days_off": "I can't read a date in whenever; try 24 dec - 2 jan.",
        "country": "I don't know the country Germny; did you mean Germany, Guernsey or Kenya?",
        "pause": "today is Mon 2 Mar, too early; give a later day.",
    }
    assert rhythm_of(bot, anna) == before


@pytest.mark.parametrize(("typed", "minutes"), [("24", 1440), ("7.5", 450), ("7,5 uur per week", 450), ("0", 0)])
def test_selling_hours_are_kept_as_they_are_typed(bot: Bot, anna: Person, typed: str, minutes: int) -> None:
    assert field(anna.types("/nextstep settings"), "selling_hours").get("initial_value") is None
    anna.submits(anna.types("/nextstep settings"), {"selling_hours": typed})
    assert rhythm_of(bot, anna).selling_minutes == minutes
    anna.types("/nextstep pause until friday")
    anna.submits(anna.types("/nextstep settings"))
    assert rhythm_of(bot, anna).selling_minutes == minutes
    anna.submits(anna.types("/nextstep settings"), {"selling_hours": None})
    assert rhythm_of(bot, anna).selling_minutes is None


@pytest.mark.parametrize("typed", ["many", "-3", "169", "9:30"])
def test_hours_that_no_week_has_are_refused_beside_their_field(bot: Bot, anna: Person, typed: str) -> None:
    refused = anna.submits(anna.types("/nextstep settings"), {"selling_hours": typed})
    assert refused.errors == {
        "selling_hours": f"{typed} is no number of hours in a week; give one from 0 to 168, such as 24 or 7.5, "
        "or leave this empty."
    }
    assert rhythm_of(bot, anna).selling_minutes is None


def test_selling_hours_are_said_in_the_readers_language(bram: Person) -> None:
    done = bram.submits(bram.types("/nextstep instellingen"), {"selling_hours": "7,5"})
    assert "7,5 uur per week is om te verkopen." in said(done)


def test_a_region_goes_with_its_country(bot: Bot) -> None:
    london = bot.person("lee", zone="Europe/London")
    dialog = london.types("/nextstep settings")
    assert field(dialog, "region")["initial_value"] == "England"
    wrong = london.submits(dialog, {"region": "Bayern"})
    assert "United Kingdom has no region Bayern" in wrong.errors["region"]
    alone = london.submits(dialog, {"country": None, "region": "Bayern"})
    assert list(alone.errors) == ["region"]
    london.submits(dialog, {"country": "Netherlands", "region": "England"})
    assert (rhythm_of(bot, london).country, rhythm_of(bot, london).region) == ("NL", None)


def test_without_a_country_there_are_no_public_holidays(bot: Bot, anna: Person) -> None:
    done = anna.submits(anna.types("/nextstep settings"), {"country": None})
    assert "No public holidays: you named no country." in said(done)
    assert rhythm_of(bot, anna).country is None


def test_days_off_are_typed_and_give_prospects_more_time(bot: Bot, anna: Person, engine: Engine) -> None:
    anna.types("/prospect add Acme BV")
    before = stalls_on(bot)
    answer = anna.types("/nextstep off 3 march - 5 march")
    assert "Noted: you are off Tue 3 Mar to Thu 5 Mar." in answer.text
    assert "Your next message comes Fri 6 Mar 08:30." in answer.text
    assert (before, stalls_on(bot)) == (date(2026, 3, 13), date(2026, 3, 18))
    assert storage.verify(engine) == []


def test_days_off_that_are_taken_back_in_the_dialog_take_the_time_back(
    bot: Bot, anna: Person, engine: Engine
) -> None:
    anna.types("/prospect add Acme BV")
    before = stalls_on(bot)
    anna.types("/nextstep off 3 march - 5 march")
    bot.clock.forward(days=2)
    anna.submits(anna.types("/nextstep settings"), {"days_off": None})
    assert days_off_of(bot, anna) == [DaysOff(date(2026, 3, 3), date(2026, 3, 3))]
    assert (before, stalls_on(bot)) == (date(2026, 3, 13), date(2026, 3, 16))
    assert storage.verify(engine) == []


def test_a_country_moves_the_deadlines_of_its_public_holidays(bot: Bot, anna: Person, engine: Engine) -> None:
    anna.types("/prospect add Acme BV")
    anna.submits(anna.types("/nextstep settings"), {"country": "Bulgaria"})  # 3 March is its national day
    assert storage.verify(engine) == []


def test_days_off_that_touch_become_one_stretch(bot: Bot, anna: Person) -> None:
    anna.types("/nextstep off 24 dec - 26 dec")
    anna.types("/nextstep off 26 dec - 31 dec, 1 jan")
    assert days_off_of(bot, anna) == [DaysOff(date(2026, 12, 24), date(2027, 1, 1))]


def test_dutch_days_off_are_answered_in_dutch(bot: Bot, bram: Person) -> None:
    answer = bram.types("/nextstep vrij 24 dec t/m 2 jan")
    assert "Genoteerd: je bent vrij do 24 dec t/m za 2 jan 2027." in answer.text
    assert days_off_of(bot, bram) == [DaysOff(date(2026, 12, 24), date(2027, 1, 2))]


def test_a_pause_is_typed_and_ended(bot: Bot, anna: Person) -> None:
    paused = anna.types("/nextstep pause until friday")
    assert "Paused: messages start again on Fri 6 Mar." in paused.text
    assert "Your next message comes Fri 6 Mar 08:30." in paused.text
    assert rhythm_of(bot, anna).paused_until == date(2026, 3, 5)
    ended = anna.clicks("End the pause", on=paused)
    assert "Your next message comes Tue 3 Mar 08:30." in ended.text
    assert rhythm_of(bot, anna).paused_until is None


def test_a_dutch_pause_is_answered_in_dutch(bram: Person) -> None:
    assert "Gepauzeerd: de berichten beginnen weer op vr 6 mrt." in bram.types("/nextstep pauze tot vrijdag").text
    assert "Je volgende bericht komt di 3 mrt 08:30." in bram.types("/nextstep hervat").text


@pytest.mark.parametrize(
    ("text", "example"), [("off someday", "try 24 dec - 2 jan."), ("pause for a bit", "try friday.")]
)
def test_what_is_no_date_is_told_with_an_example(bot: Bot, anna: Person, text: str, example: str) -> None:
    assert example in anna.types(f"/nextstep {text}").text
    assert days_off_of(bot, anna) == []


@pytest.mark.parametrize("text", ["off", "pause", "settings"])
def test_nothing_said_opens_the_dialog(anna: Person, text: str) -> None:
    assert anna.types(f"/nextstep {text}").view.title == "Settings"


def test_a_replayed_command_and_dialog_do_their_work_once(bot: Bot, anna: Person) -> None:
    once = anna.types("/nextstep off friday")
    assert "already done" in anna.replays(once).text
    saved = anna.submits(anna.types("/nextstep settings"), {"days_off": None})
    anna.types("/nextstep off friday")
    assert "already done" in said(anna.replays(saved))
    assert days_off_of(bot, anna) == [DaysOff(date(2026, 3, 6), date(2026, 3, 6))]
