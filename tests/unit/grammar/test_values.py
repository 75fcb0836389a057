"""Single values as Dutch and English people type them."""

from decimal import Decimal

import pytest

from bot.grammar.readings import Wrong
from bot.grammar.values import read_amount, read_email, read_minutes, read_step


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20", (20, "")),
        ("20m", (20, "")),
        ("20 minuten", (20, "")),
        ("1 uur", (60, "")),
        ("1.5h", (90, "")),
        ("1,5 uur demo", (90, "demo")),
        ("20, demo", (20, "demo")),
        ("0", (0, "")),
    ],
)
def test_minutes_are_read(text: str, minutes: tuple[int, str]) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "x", "-5", "1441", "25 uur", "20x", "1e3"])
def test_what_are_no_minutes_is_a_mistake(text: str) -> None:
    assert isinstance(read_minutes(text), Wrong)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5000", 5000),
        ("5.000", 5000),
        ("5,000", 5000),
        ("€ 5.000,00", 5000),
        ("$5,000.50", "5000.50"),
        ("5k", 5000),
        ("1,5k", 1500),
        ("1.2m", 1_200_000),
        ("12,5", "12.5"),
        ("5000 euro", 5000),
        ("€5.000,-", 5000),
        ("1 250 000", 1_250_000),
    ],
)
def test_an_amount_is_the_same_in_every_locale(text: str, amount: str | int) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "lots", "-5", "5.0000", "1.2.3", "5 apples", "٥", "1" * 40, "2000000m"])
def test_what_is_no_amount_is_a_mistake(text: str) -> None:
    assert isinstance(read_amount(text), Wrong)


@pytest.mark.parametrize(
    ("text", "step"),
    [("step3", "step3"), ("Stap 3", "step3"), ("3", "step3"), ("step-03", "step3"), ("step0", None), ("x", None)],
)
def test_a_step_is_named_by_its_number(text: str, step: str | None) -> None:
    assert read_step(text) == step


def test_an_address_has_its_parts() -> None:
    assert read_email("jan@acme.co.uk") == "jan@acme.co.uk"
    assert isinstance(read_email("jan@acme"), Wrong)
