"""The demo as a newcomer meets it: in a browser, from `make demo`."""

from __future__ import annotations

import pytest

from tests.browser.page import SlackPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_newcomer_takes_a_prospect_a_step_further_in_the_browser(slack: SlackPage) -> None:
    slack.opens_channel("sales")
    slack.receives("→")  # the week's digest; what is typed must not be mixed up with it
    slack.types("/prospect add Kestrel Robotics source:fair")
    slack.gets_answer("Kestrel Robotics starts in step 1 of 7", "Next action")
    slack.draws_everything()

    slack.types("/prospect advance Kestrel step6")
    slack.gets_answer("Steps are never skipped")

    slack.types("/prospect advance Kestrel")
    slack.gets_dialog("They decided")
    slack.submits()
    slack.gets_error("Saved: 0 of")
    slack.ticks_evidence()
    slack.submits()
    slack.has_no_dialog()
    slack.gets_answer("Kestrel Robotics is now in step 2 of 7")

    slack.types("/script Kestrel")
    slack.gets_answer("The one ask")
    slack.draws_everything()

    slack.types("/funnel")
    slack.gets_answer("who goes on, the last 13 weeks")
    slack.clicks("Chart")
    slack.gets_answer("The chart comes in your messages with Nextstep")
    slack.types("/plan 2 per week")
    slack.gets_answer("To win 2 customers a week you need")
    slack.types("/forecast")
    slack.gets_answer("The next 4 weeks")
    slack.clicks("Why?")
    slack.gets_dialog("Why this number?")
    slack.closes()
    slack.draws_everything()

    slack.opens_home()
    slack.sees("Kestrel Robotics")
    slack.draws_everything()

    slack.opens_direct_messages("Emma Clarke")
    slack.receives("actions due", "1 decision due", "1 prospect stalled")
    slack.draws_everything()
    slack.clicks("Done, next on…")
    slack.gets_dialog()
    slack.submits()
    slack.has_no_dialog()
    slack.receives("✓ Brightwater Analytics Ltd")
    slack.receives("of 100 go on within")
    slack.receives("Ashdown Logistics Ltd", "contacts are used up")
