"""What goes wrong: at Slack's side of the wire, and in the hands of the person who drives it."""

from typing import Any


class SlackError(Exception):
    """An `ok: false` answer of a Web API method."""

    def __init__(self, error: str, messages: list[str] | None = None, **fields: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.fields = fields

    def as_json(self) -> dict[str, Any]:
        """The body that Slack sends: `error`, and where the fault is, as `response_metadata.messages`."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.fields}
        if self.messages:
            body["errors"] = self.messages
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return body


class SlackRefusedError(AssertionError):
    """The app answered an interaction with something that Slack would not show."""


class ClientRefusedError(AssertionError):
    """The person tried what no Slack client lets them do: press a button that is not there, skip a field."""
