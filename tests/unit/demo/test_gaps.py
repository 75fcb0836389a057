"""The demo's Slack leaves things out; the bot must not notice."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.gaps import as_slack_sends, buttons_out_of_reach, unanswered

YES = {"text": {"type": "plain_text", "text": "yes"}, "value": "yes"}
NO = {"text": {"type": "plain_text", "text": "no"}, "value": "no"}


def submission(element: dict[str, Any], given: dict[str, Any], *, optional: bool = False) -> dict[str, Any]:
    """A submitted dialog with one question, as the demo's Slack sends it."""
    block = {
        "type": "input",
        "block_id": "question",
        "optional": optional,
        "element": {"action_id": "answer", **element},
    }
    values = {"question": {"answer": {"type": element["type"], **given}}}
    return {"type": "view_submission", "view": {"blocks": [block], "state": {"values": values}}}


def answer(payload: dict[str, Any]) -> Any:
    given = dict(payload["view"]["state"]["values"]["question"]["answer"])
    given.pop("type")
    (value,) = given.values()
    return value


TEXT = {"type": "plain_text_input", "initial_value": "Acme"}
DATE = {"type": "datepicker", "initial_date": "2026-03-02"}
MENU = {"type": "static_select", "options": [YES, NO], "initial_option": NO}
RADIO = {"type": "radio_buttons", "options": [YES, NO], "initial_option": NO}
BOXES = {"type": "checkboxes", "options": [YES, NO], "initial_options": [NO]}


@pytest.mark.parametrize(
    ("element", "untouched", "initial"),
    [
        (TEXT, {"value": None}, "Acme"),
        (DATE, {"selected_date": None}, "2026-03-02"),
        (MENU, {"selected_option": None}, NO),
        (RADIO, {"selected_option": None}, NO),
        (BOXES, {"selected_options": []}, [NO]),
    ],
)
def test_an_untouched_field_keeps_what_the_dialog_put_in(
    element: dict[str, Any], untouched: dict[str, Any], initial: object
) -> None:
    assert answer(as_slack_sends(submission(element, untouched))) == initial


@pytest.mark.parametrize(
    ("element", "given", "expected"),
    [
        (TEXT, {"value": "Zeta"}, "Zeta"),
        (DATE, {"selected_date": "2026-04-01"}, "2026-04-01"),
        (MENU, {"selected_option": YES}, YES),
        (BOXES, {"selected_options": [YES]}, [YES, NO]),
    ],
)
def test_what_a_person_gave_wins(element: dict[str, Any], given: dict[str, Any], expected: object) -> None:
    assert answer(as_slack_sends(submission(element, given))) == expected


@pytest.mark.parametrize(
    ("element", "cleared"),
    [(TEXT, {"value": ""}), (DATE, {"selected_date": ""}), (MENU, {})],
)
def test_a_cleared_field_is_null_and_not_the_initial_value(
    element: dict[str, Any], cleared: dict[str, Any]
) -> None:
    assert answer(as_slack_sends(submission(element, cleared))) is None


@pytest.mark.parametrize(
    ("element", "empty"),
    [
        ({"type": "plain_text_input"}, {"value": None}),
        ({"type": "checkboxes", "options": [YES]}, {"selected_options": []}),
    ],
)
def test_a_required_field_left_empty_is_named_and_an_optional_one_is_not(
    element: dict[str, Any], empty: dict[str, Any]
) -> None:
    assert list(unanswered(as_slack_sends(submission(element, empty)))) == ["question"]
    assert unanswered(as_slack_sends(submission(element, empty, optional=True))) == {}


def test_a_click_in_home_comes_from_a_view_and_has_no_channel() -> None:
    payload = as_slack_sends(
        {
            "type": "block_actions",
            "channel": {"id": "", "name": ""},
            "response_url": "http://127.0.0.1/nowhere",
            "actions": [{"action_id": "log"}],
        }
    )
    assert payload["view"]["type"] == "home"
    assert payload["container"]["type"] == "view"
    assert not {"channel", "message", "response_url"} & payload.keys()


def test_what_has_no_gap_passes_as_it_is() -> None:
    command = {"command": "/prospect", "text": "add Acme"}
    click = {"type": "block_actions", "channel": {"id": "C1"}, "response_url": "http://127.0.0.1/hook"}
    assert as_slack_sends(command) == command
    assert as_slack_sends(click) == click
    assert unanswered(command) == {}


BUTTONS = {"type": "actions", "elements": [{"type": "button", "action_id": "script"}]}
WORDS = {"type": "section", "text": {"type": "mrkdwn", "text": "Step 2"}}


def answer_dialog(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    title = {"type": "plain_text", "text": "Nextstep"}
    view = {"type": "modal", "title": title, "blocks": list(blocks), **more}
    return {"response_action": "update", "view": view}


def test_an_answer_with_buttons_leaves_the_dialog_where_they_would_be_dead() -> None:
    message = buttons_out_of_reach(answer_dialog(WORDS, BUTTONS))
    assert message == {"text": "Nextstep", "blocks": [WORDS, BUTTONS]}


@pytest.mark.parametrize(
    "answer",
    [
        answer_dialog(WORDS),
        answer_dialog(WORDS, BUTTONS, submit={"type": "plain_text", "text": "Save"}),
        {"response_action": "errors", "errors": {"note": "Too long."}},
        {"text": "an answer to a command"},
    ],
)
def test_any_other_answer_stays_where_it_is(answer: dict[str, Any]) -> None:
    assert buttons_out_of_reach(answer) is None
