"""The funnel of a playbook as somebody may see it: conversion a step, days, slices, the bottleneck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.usecases.numbers import Numbers
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.picture import Funnel
from playbooks.funnel.ranges import DEFAULT_CERTAINTY
from playbooks.funnel.slices import Slice
from playbooks.funnel.windows import DEFAULT_WEEKS
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork
from playbooks.team import Member


@dataclass(frozen=True, slots=True)
class SeeFunnel:
    """What is asked: the playbook as it was named (empty: the default), the window (None: all history), slices.

    `as_of` is the local day before which all was known; None: today. `certainty` is a share.
    """

    playbook: str = ""
    weeks: int | None = DEFAULT_WEEKS
    by: Dimension | None = None
    certainty: float = DEFAULT_CERTAINTY
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class FunnelSeen:
    """What was found. `names` are those of members by `str(id)`, as the slices by rep are keyed.

    `hidden_reps`: slices of others were left out for this reader. `first_day` is the first on which a visit was
    known; None: there is none yet. `others` are the names of the workspace's other playbooks.
    """

    playbook: PublishedPlaybook
    funnel: Funnel
    names: Mapping[str, str] = field(default_factory=dict)
    hidden_reps: bool = False
    first_day: date | None = None
    others: tuple[str, ...] = ()


def see_funnel(uow: UnitOfWork, asked: SeeFunnel, at: datetime, reader: Member | None) -> FunnelSeen:
    """Reads no more than the windows need. The unit of work is open already.

    A rep sees of the slices by rep only their own, unless the team opened them; managers, admins and whoever
    has the database (None) see all. Raises `Refused`: PLAYBOOK_UNKNOWN, WEEKS_OUT_OF_RANGE,
    CERTAINTY_OUT_OF_RANGE.
    """
    numbers = Numbers.of(uow, asked.playbook, at, asked.as_of)
    whole = numbers.funnel(weeks=asked.weeks, certainty=asked.certainty, by=asked.by)
    shown = whole if uow.team.open_slices else _shown_to(whole, reader)
    return FunnelSeen(
        playbook=numbers.playbook,
        funnel=shown,
        names={str(member.id): member.name for member in uow.members.all()} if asked.by is Dimension.REP else {},
        hidden_reps=shown is not whole,
        first_day=uow.visits.first_day(numbers.all_identities),
        others=numbers.others,
    )


def _shown_to(whole: Funnel, reader: Member | None) -> Funnel:
    """Without the slices of other reps, for who may not see them; the same when nothing is left out."""
    if whole.by is not Dimension.REP or reader is None or reader.leads:
        return whole
    steps = tuple(replace(each, slices=_own(each.slices, reader)) for each in whole.steps)
    return (
        whole
        if all(a.slices == b.slices for a, b in zip(steps, whole.steps, strict=True))
        else replace(whole, steps=steps)
    )


def _own(slices: Mapping[str, Slice], reader: Member) -> dict[str, Slice]:
    return {key: one for key, one in slices.items() if key == str(reader.id)}
