"""The words a rep says: a checked script filled in with what is known about this prospect.

What a prospect lacks never stops a call: it shows as `[first name]` and is reported, so that a screen can
offer to fill it in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from playbooks.model import Playbook
from playbooks.prospect import Person, Prospect
from playbooks.script_syntax import LONGEST_SCRIPT, check_script
from playbooks.script_variables import OUR

MOST_PEOPLE = 10
"""A loop over people shows no more than these."""

_HONORIFICS = {"dr", "drs", "ir", "ing", "mr", "mrs", "ms", "prof", "dhr", "mevr", "mw"}
_LABELS: Mapping[str, tuple[str, str]] = {  # English, Dutch
    "prospect.name": ("company name", "bedrijfsnaam"),
    "prospect.source": ("source", "bron"),
    "prospect.value": ("value", "waarde"),
    "person.name": ("name", "naam"),
    "person.first_name": ("first name", "voornaam"),
    "person.role": ("role", "functie"),
    "person.phone": ("phone number", "telefoonnummer"),
    "person.email": ("e-mail address", "e-mailadres"),
    "me.name": ("your name", "je naam"),
    "me.first_name": ("your first name", "je voornaam"),
    "next_step.name": ("next step", "volgende stap"),
}
_FIRST_NAMES = {"person.first_name": "person.name", "me.first_name": "me.name"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a script may be filled in with. `prospect` None: the script on its own, all of it to fill in.

    `person` is whom the rep talks to, the prospect's counterpart unless given. `step` and `next_step` are
    names; the last step has no next one. `language` is the playbook's: `nl` or `en`.
    """

    prospect: Prospect | None
    member_name: str
    step: str
    next_step: str | None
    today: date
    variables: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    person: Person | None = None

    @classmethod
    def at_step(
        cls, playbook: Playbook, number: int, prospect: Prospect | None, member_name: str, today: date
    ) -> Facts:
        """The facts for a prospect in this step (counted from 1) of a playbook."""
        following = playbook.step(number + 1).name if number < playbook.last else None
        return cls(
            prospect=prospect,
            member_name=member_name,
            step=playbook.step(number).name,
            next_step=following,
            today=today,
            variables=playbook.variables,
            language=playbook.language,
        )


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that is not known yet: `field` (`person.phone`), its label, and of which person, if known."""

    field: str
    label: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """The words, at most 3,000 characters, and what was missing, each once.

    `as_written` marks a script that is not allowed (a check would refuse it): its text was not filled in.
    `cut` marks words that did not fit; they end in an ellipsis.
    """

    text: str
    missing: tuple[Missing, ...] = ()
    as_written: bool = False
    cut: bool = False


def render(template: str, facts: Facts) -> Rendered:
    """Fill in a script; never raises, whatever the script and however little is known."""
    return renderer(facts)(template)


def renderer(facts: Facts) -> Callable[[str], Rendered]:
    """`render` for many scripts about the same facts, which are laid out once. Not for several threads."""
    missing: dict[Missing, None] = {}
    context = _context(facts, lambda lack: missing.setdefault(lack, None))

    def render_one(template: str) -> Rendered:
        if check_script(template, facts.variables):
            return Rendered(_cut(template), as_written=True, cut=len(template) > LONGEST_SCRIPT)
        missing.clear()
        shown = ""
        # In pieces, so that a loop stops as soon as the text is long enough.
        for piece in _compiled(template, _written(facts.language)).generate(context):
            shown += piece
            if len(shown) > LONGEST_SCRIPT:
                break
        return Rendered(_cut(shown), tuple(missing), cut=len(shown) > LONGEST_SCRIPT)

    return render_one


def first_name(name: str) -> str:
    """What one calls somebody: the first word of a name that is no title."""
    words = name.split()
    return next((word for word in words if word.rstrip(".").lower() not in _HONORIFICS), name.strip())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SCRIPT else f"{text[: LONGEST_SCRIPT - 1]}…"


class _Lacking:
    """A value nobody filled in yet: false in an `if`, unequal to everything, and noted once it is shown."""

    def __init__(self, missing: Missing, label: str, note: Callable[[Missing], None]) -> None:
        self._missing = missing
        self._label = label
        self._note = note

    def show(self) -> str:
        self._note(self._missing)
        return f"[{self._label}]"

    def __bool__(self) -> bool:
        return False

    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__


class _Thing:
    """A prospect or a person as a script sees it; false when there is none."""

    def __init__(self, parts: Mapping[str, Any], *, exists: bool = True) -> None:
        self.__dict__.update(parts)
        self.__exists = exists

    def __bool__(self) -> bool:
        return self.__exists


@lru_cache(maxsize=512)
def _compiled(template: str, language: str) -> Template:
    """Only for checked scripts. Bounded: scripts are edited, and each edit is another text."""
    return _environment(language).from_string(template)


@lru_cache(maxsize=2)
def _environment(language: str) -> ImmutableSandboxedEnvironment:
    def shown(value: Any) -> str:
        return _shown(value, language)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, finalize=shown, cache_size=0
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters = {
        "default": lambda value, words: words if isinstance(value, _Lacking) else value,
        "first_name": _on_text(first_name),
        "upper": _on_text(str.upper),
        "lower": _on_text(str.lower),
        "title": _on_text(str.title),
    }
    return environment


def _on_text(change: Callable[[str], str]) -> Callable[[Any], Any]:
    """A filter that leaves a lacking value lacking, so that it is still shown and noted."""
    return lambda value: value if isinstance(value, _Lacking) else change(str(value))


def _shown(value: Any, language: str) -> str:
    """A value in words: dates and numbers as the playbook's language writes them."""
    if isinstance(value, _Lacking):
        return value.show()
    if isinstance(value, date):
        return format_date(value, format="long", locale=language)
    if isinstance(value, int):
        return format_decimal(value, locale=language)
    return str(value)


def _context(facts: Facts, note: Callable[[Missing], None]) -> dict[str, Any]:
    """The variables of docs/playbooks.md, with a marked stand-in for each value that is lacking."""

    def known(path: str, value: Any, whose: str | None = None) -> Any:
        if value not in (None, ""):
            return value
        label, field_label = _label(path, facts.language), _label(_FIRST_NAMES.get(path, path), facts.language)
        return _Lacking(Missing(_FIRST_NAMES.get(path, path), field_label, whose), label, note)

    def person(somebody: Person | None) -> _Thing:
        name = somebody.name.strip() if somebody else ""
        others = {part: getattr(somebody, part, None) for part in ("role", "phone", "email")}
        parts = {
            "name": known("person.name", name),
            "first_name": known("person.first_name", first_name(name)),
            "decides": bool(somebody and somebody.decides),
            **{part: known(f"person.{part}", value, name or None) for part, value in others.items()},
        }
        return _Thing(parts, exists=somebody is not None)

    prospect = facts.prospect
    counterpart = facts.person or (prospect.counterpart if prospect else None)
    company = {
        part: known(f"prospect.{part}", getattr(prospect, part, None)) for part in ("name", "source", "value")
    }
    me = facts.member_name.strip()
    return {
        "prospect": _Thing(company, exists=prospect is not None),
        "person": person(counterpart),
        "people": [person(somebody) for somebody in (prospect.people if prospect else ())[:MOST_PEOPLE]],
        "me": _Thing({"name": known("me.name", me), "first_name": known("me.first_name", first_name(me))}),
        "step": _Thing({"name": facts.step}),
        "next_step": _Thing({"name": known("next_step.name", facts.next_step)}, exists=bool(facts.next_step)),
        "today": facts.today,
        OUR: _Thing(facts.variables),
    }


def _label(path: str, language: str) -> str:
    english, dutch = _LABELS[path]
    return dutch if _written(language) == "nl" else english


def _written(language: str) -> str:
    """The language that dates, numbers and labels are written in."""
    return "nl" if language == "nl" else "en"
