"""What comes back from Slack's clicks and dialogs, read by the names of `ids.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bot.grammar.characters import typed_characters
from bot.grammar.values import read_amount
from bot.usecases.change import Target
from bot.views.ids import Slip, Ticket


@dataclass(frozen=True, slots=True)
class Form:
    """The values of a dialog's fields, as Slack sends them, and the metadata it carried."""

    values: Mapping[str, Mapping[str, Mapping[str, Any]]]
    metadata: str

    def slip(self) -> Slip:
        """The journey that the dialog is about, and the step it was in."""
        return Slip.model_validate_json(self.metadata)

    def target(self) -> Target:
        """That journey, as long as it is in that step."""
        slip = self.slip()
        return Target(journey=slip.journey, step=slip.step)

    def text(self, block: StrEnum) -> str | None:
        """What was typed, or the value that was chosen; None when it is empty or not there."""
        field = self._field(block)
        option = field.get("selected_option")
        said = option.get("value") if option else _plain(field)
        return typed_characters(str(said)).strip() or None if said is not None else None

    def date(self, block: StrEnum) -> date | None:
        """The local date that was picked."""
        picked = self._field(block).get("selected_date")
        return date.fromisoformat(picked) if picked else None

    def amount(self, block: StrEnum) -> int | None:
        """Money as in a command (`12.000`, `12k`), None when empty. Raises ValueError for anything else."""
        said = self.text(block)
        if said is None:
            return None
        match read_amount(said):
            case Decimal() as amount:
                return int(amount)
            case _:
                raise ValueError(said)

    def choices(self, block: StrEnum) -> frozenset[str]:
        """The values of the boxes that are ticked."""
        return frozenset(option["value"] for option in self._field(block).get("selected_options") or ())

    def _field(self, block: StrEnum) -> Mapping[str, Any]:
        return next(iter(self.values.get(block, {}).values()), {})


@dataclass(frozen=True, slots=True)
class Click:
    """A button, menu or field that acted. `value` is the button's, or the option that was chosen.

    `form` holds what the dialog around it has so far, when there is one.
    """

    value: str
    form: Form | None = None

    def ticket(self) -> Ticket:
        """The journey that the button is about."""
        return Ticket.model_validate_json(self.value)


def _plain(field: Mapping[str, Any]) -> object:
    return field.get("value") or field.get("selected_user") or field.get("selected_conversation")


def click_of(action: Mapping[str, Any], view: Mapping[str, Any] | None) -> Click:
    """Reads one action of a `block_actions` payload."""
    option = action.get("selected_option") or {}
    said = option.get("value") or action.get("value") or action.get("selected_user") or action.get("selected_date")
    return Click(value=str(said or ""), form=form_of(view) if view else None)


def form_of(view: Mapping[str, Any]) -> Form:
    """Reads the `view` of a submission."""
    state = view.get("state") or {}
    return Form(values=state.get("values") or {}, metadata=view.get("private_metadata") or "")
