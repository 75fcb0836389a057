"""A tiny real Bolt app, used by a person through the fake Slack."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from tests.fake_slack import ClientRefusedError, FakeSlack, Person, Signature, SlackRefusedError


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def field(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


DIALOG = {
    "type": "modal",
    "callback_id": "log",
    "title": plain("Log a contact"),
    "submit": plain("Save"),
    "blocks": [
        field("note", "What was said", {"type": "plain_text_input", "action_id": "text", "max_length": 20}),
        field("when", "Next", {"type": "datepicker", "action_id": "date"}, optional=True),
    ],
}
ROW = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Acme*"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "text": plain("Log"), "action_id": "log", "value": "acme"},
            {
                "type": "static_select",
                "action_id": "step",
                "placeholder": plain("Step"),
                "options": [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}],
            },
        ],
    },
]


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


@pytest.fixture
def app(slack: FakeSlack) -> App:
    client = WebClient(token=slack.token, base_url=slack.url)
    app = App(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    app.command("/prospect")(lambda ack, command: ack(text=f"You said {command['text']}", blocks=ROW))
    app.command("/bad")(lambda ack: ack(blocks=[{"type": "section"}]))

    @app.action("log")
    def open_dialog(ack, body, client, action):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view={**DIALOG, "private_metadata": action["value"]})

    @app.action("step")
    def show_choice(ack, action, respond):
        ack()
        respond(text=f"Step {action['selected_option']['value']}", replace_original=True)

    @app.view("log")
    def save(ack, view, client, body):
        said = view["state"]["values"]["note"]["text"]["value"]
        if said == "nothing":
            ack(response_action="errors", errors={"note": "Say more"})
            return
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text=f"{view['private_metadata']}: {said}")

    @app.event("app_home_opened")
    def show_home(event, client):
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": ROW})

    app.shortcut("add")(
        lambda ack, body, client: [ack(), client.views_open(trigger_id=body["trigger_id"], view=DIALOG)]
    )
    return app


@pytest.fixture
def anna(slack: FakeSlack, app: App) -> Person:
    return Person(slack, slack.add_user("anna"), app.dispatch)


def test_a_command_is_answered_in_its_acknowledgement(slack: FakeSlack, anna: Person) -> None:
    answer = anna.types("/prospect add Acme")

    assert answer.message.text == "You said add Acme"
    assert "*Acme*" in answer.text
    assert answer.came_in_time
    assert slack.ephemerals(anna.user) == [answer.message]
    assert slack.refusals == []


def test_an_answer_that_slack_would_not_show_is_refused(anna: Person) -> None:
    with pytest.raises(SlackRefusedError, match="no_text"):
        anna.types("/bad")


def test_a_button_opens_a_dialog_that_can_be_submitted(slack: FakeSlack, anna: Person) -> None:
    dialog = anna.clicks("Log", on=anna.types("/prospect"), within="Acme")
    assert dialog.view.title == "Log a contact"

    done = anna.submits(dialog, {"What was said": "They called", "when": "2026-03-01"})

    assert done.closed
    assert done.message.text == "acme: They called"
    assert slack.open_views(anna.user) == []


def test_a_dialog_with_errors_stays_and_keeps_what_was_typed(slack: FakeSlack, anna: Person) -> None:
    dialog = anna.uses_shortcut("add")
    refused = anna.submits(dialog, {"note": "nothing"})

    assert refused.errors == {"note": "Say more"}
    assert refused.view.state["note"]["text"]["value"] == "nothing"
    assert anna.submits(refused, {"note": "enough"}).closed


def test_the_client_keeps_people_from_what_it_does_not_allow(anna: Person) -> None:
    dialog = anna.uses_shortcut("add")

    with pytest.raises(ClientRefusedError, match="'What was said' is required"):
        anna.submits(dialog)
    with pytest.raises(ClientRefusedError, match="too many"):
        anna.submits(dialog, {"note": "x" * 21})
    with pytest.raises(ClientRefusedError, match="no 'Colour'"):
        anna.submits(dialog, {"Colour": "red"})


def test_choosing_replaces_the_message(anna: Person) -> None:
    listed = anna.types("/prospect")

    chosen = anna.chooses("Step", "Two", on=listed)

    assert chosen is not None
    assert chosen.message is listed.message
    assert listed.message.text == "Step 2"


def test_home_is_published_when_it_is_opened(slack: FakeSlack, anna: Person) -> None:
    home = anna.opens_home()

    assert home.view is slack.home(anna.user)
    assert anna.clicks("Log", on=home).view.private_metadata == "acme"


@pytest.mark.parametrize("signed", [Signature.OLD, Signature.FORGED])
def test_a_wrong_signature_is_not_let_in(anna: Person, signed: Signature) -> None:
    assert anna.types("/prospect", signed=signed).status == 401


def test_a_replay_brings_the_same_bytes(anna: Person) -> None:
    first = anna.types("/prospect add Acme")

    assert anna.replays(first).sent == first.sent
