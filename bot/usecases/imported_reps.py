"""Who the reps of a file are: members here, or people whom only the file knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz, process, utils

from playbooks.imports.faults import FileRefusedError
from playbooks.ports import NewMember, UnitOfWork
from playbooks.team import Member, Role

ONLY_IN_A_FILE: Final = "import:"
"""Begins the Slack id of somebody whom only a file knows."""
UNASSIGNED: Final = "Unassigned"
"""The name of who has the prospects of which a file names no rep."""
_MOST_NEW: Final = 300
_CLOSE_ENOUGH: Final = 80


@dataclass(frozen=True, slots=True)
class UnknownRep:
    """A rep of the file who is no member here; `meant` is a member with nearly that name."""

    name: str
    meant: str | None


class Reps:
    """Matches the words of a file with members: by Slack id, by name in any case, by the name in an address."""

    def __init__(self, uow: UnitOfWork, named: Mapping[str, str], locale: str) -> None:
        """`named` are those that the mapping names: a Slack id or a name for a word of the file.

        Whoever is added speaks `locale`.
        """
        self._uow = uow
        self._named = {word.casefold(): member for word, member in named.items()}
        self._locale = locale
        self._members = list(uow.members.all())
        self.unknown: list[UnknownRep] = []

    def members(self, words: Iterable[str]) -> dict[str, int]:
        """The member's id for each word. Those whom only the file knows are added, as members who left.

        Raises `FileRefusedError` for a name that two members have, and for more new names than a team has.
        """
        found = {word: self._find(word) for word in sorted(words)}
        new = [word for word, member in found.items() if member is None and word]
        if len(new) > _MOST_NEW:
            raise FileRefusedError(
                f"The column rep has {len(new)} names that nobody here has ({new[0]}, {new[1]}...): that is no"
                " column of reps; name the right one in a mapping (--map)."
            )
        added = {each: self._add(word).id for each, word in _each_once(new).items()}
        if "" in found and found[""] is None:
            added[""] = self._add("").id
        return {word: member.id if member else added[word.casefold()] for word, member in found.items()}

    def _find(self, word: str) -> Member | None:
        if not word:
            return self._by_id(ONLY_IN_A_FILE)
        said = self._named.get(word.casefold(), word)
        names = {said.casefold()}
        if "@" in said:
            names.add(" ".join(said.partition("@")[0].replace(".", " ").replace("_", " ").split()).casefold())
        by_id = self._by_id(said) or self._by_id(f"{ONLY_IN_A_FILE}{said}")
        if by_id is not None:
            return by_id
        alike = [member for member in self._members if member.name.casefold() in names]
        active = [member for member in alike if member.active] or alike
        if len(active) > 1:
            ids = " or ".join(member.slack_id for member in active)
            raise FileRefusedError(f"{len(active)} members are called '{said}': write {ids} in the column rep.")
        return active[0] if active else None

    def _by_id(self, slack_id: str) -> Member | None:
        return next((each for each in self._members if each.slack_id.casefold() == slack_id.casefold()), None)

    def _add(self, word: str) -> Member:
        name = word or UNASSIGNED
        added = self._uow.members.add(
            NewMember(
                slack_id=f"{ONLY_IN_A_FILE}{word}",
                name=name,
                role=Role.REP,
                locale=self._locale,
                zone=self._uow.workspace.zone,
                team_id=self._uow.team.id,
            )
        )
        left = replace(added, active=False)
        self._uow.members.update(left)
        if word:
            self.unknown.append(UnknownRep(name, _nearly(name, self._members)))
        return left


def _each_once(words: Iterable[str]) -> dict[str, str]:
    """The words that differ in more than their case, each as somebody would write their name."""
    return {
        word.casefold(): word for word in sorted(words, key=lambda word: not (word.isupper() or word.islower()))
    }


def _nearly(name: str, members: Sequence[Member]) -> str | None:
    names = [member.name for member in members if member.active]
    near = process.extractOne(
        name, names, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=_CLOSE_ENOUGH
    )
    return near[0] if near else None
