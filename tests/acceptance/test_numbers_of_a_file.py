"""From a CSV to the figures, as a person types it: held against a walk over the rows of the file itself."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from bot import cli
from bot.settings import variables
from playbooks.funnel.windows import closing_limit
from playbooks.library import shipped_text
from playbooks.loader import read_playbook
from tests.unit.funnel.oracle import Seen, horizon, incidence, walk

BEGIN = date(2025, 1, 6)
DATA = Path(__file__).parents[3] / "shared" / "data"
COLUMNS = ("prospect", "step", "entered_at", "left_at", "exit", "rep", "source")
_STEPS = 5


@dataclass
class Shell:
    """A shell on a machine with an empty database."""

    folder: Path

    def types(self, *command: str) -> str:
        result = CliRunner().invoke(cli.app, list(command))
        assert result.exit_code == 0, result.output
        return result.output

    def figures(self, *more: str) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.types("funnel", "--json", "--weeks", "all", *more))
        return read


@pytest.fixture
def shell(engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    for name, _, _ in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return Shell(tmp_path)


def lived(seed: int, prospects: int) -> list[Seen]:
    """Prospects that came over half a year, a fifth of them undecided somewhere; many on the same days."""
    chance = random.Random(seed)
    visits = []
    for _ in range(prospects):
        day = BEGIN + timedelta(days=7 * chance.randrange(26))
        rep, source = chance.randrange(3), chance.choice(["", "fair", "web"])
        for step in range(1, _STEPS + 1):
            left = day + timedelta(days=int(chance.expovariate(0.12)))
            how = chance.choices(
                ["advanced" if step < _STEPS else "won", "lost", "no_decision", "not_now", None], (6, 1, 1, 1, 1.2)
            )[0]
            visits.append(Seen(step, day, how, left if how else None, rep, source, "", inferred=False))
            if how != "advanced":
                break
            day = left
    return visits


def written(visits: list[Seen], to: Path, *, shuffled: int = 0) -> Path:
    """The visits as a file, a prospect's rows after one another unless shuffled."""
    rows, number = [], 0
    for visit in visits:
        number += visit.step == 1
        left = visit.left.isoformat() if visit.left else ""
        rows.append((f"P{number}", f"step{visit.step}", visit.entered.isoformat(), left, visit.exit or "",
                     f"Rep {visit.rep}", visit.source))  # fmt: skip
    if shuffled:
        random.Random(shuffled).shuffle(rows)
    with to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return to


def known_before(visits: list[Seen], day: date) -> list[Seen]:
    entered = [visit for visit in visits if visit.entered < day]
    return [
        visit if visit.left is None or visit.left < day else replace(visit, left=None, exit=None)
        for visit in entered
    ]


def expected(visits: list[Seen], step: int, day: date, limit: int) -> dict[str, Any]:
    here = [visit for visit in known_before(visits, day) if visit.step == step and not visit.inferred]
    exits = [visit.exit for visit in here]
    walked = walk(here, step, date(2000, 1, 1), day - timedelta(days=1), limit)
    reach = horizon(walked)
    told = reach >= 0 and sum(walked.advances) + sum(walked.others) >= 10
    return {
        "entered": len(here),
        "advanced": sum(how in {"advanced", "won"} for how in exits),
        "closed": sum(how in {"lost", "no_decision", "not_now"} for how in exits),
        "open": exits.count(None),
        "estimate": float(incidence(walked, reach)) if told else None,
        "horizon": reach if told else None,
    }


def said(step: dict[str, Any]) -> dict[str, Any]:
    conversion = step["conversion"] or {}
    return {
        **{name: step[name] for name in ("entered", "advanced", "closed", "open")},
        "estimate": pytest.approx(conversion["estimate"], abs=1e-9) if conversion else None,
        "horizon": conversion.get("horizon_days"),
    }


def limits() -> list[int]:
    playbook = read_playbook(shipped_text("b2b-saas"), "b2b-saas.yaml").playbook
    assert playbook is not None
    return [closing_limit(step) for step in playbook.steps]


@pytest.mark.parametrize("prospects", [1, 40, 600])
def test_the_figures_are_what_a_walk_over_the_file_finds(shell: Shell, prospects: int) -> None:
    visits = lived(prospects, prospects)
    file = written(visits, shell.folder / "visits.csv", shuffled=7)
    shell.types("import", str(file), "--playbook", "b2b-saas", "--zone", "Europe/Amsterdam")
    assert "agrees" in shell.types("verify")
    for weeks in (4, 9, 20, 60):
        day = BEGIN + timedelta(weeks=weeks)
        found = shell.figures("--as-of", day.isoformat())["steps"]
        wanted = [expected(visits, number, day, limit) for number, limit in enumerate(limits(), start=1)]
        assert wanted == [said(step) for step in found]


def test_importing_an_export_gives_the_same_figures(
    shell: Shell, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(lived(3, 200), shell.folder / "visits.csv")
    shell.types("import", str(file), "--playbook", "b2b-saas", "--zone", "Europe/Amsterdam")
    day = (BEGIN + timedelta(weeks=30)).isoformat()
    before = shell.figures("--as-of", day, "--by", "source")
    shell.types("export", "out.csv")
    other = shell.folder / "other.sqlite3"
    other.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{other}")
    shell.types("import", "out.csv", "--playbook", "b2b-saas", "--zone", "Europe/Amsterdam")
    assert shell.figures("--as-of", day, "--by", "source") == before


def test_importing_twice_changes_nothing(shell: Shell) -> None:
    file = written(lived(4, 60), shell.folder / "visits.csv")
    command = ("import", str(file), "--playbook", "b2b-saas", "--zone", "Europe/Amsterdam")
    shell.types(*command)
    before = shell.figures()
    shell.types(*command)
    assert shell.figures() == before


@pytest.mark.skipif(not DATA.is_dir(), reason="the data sets are not beside the project")
def test_the_marketing_funnel_counts_its_8000_leads(shell: Shell) -> None:
    shell.types("import", str(DATA / "olist.csv"), "--playbook", "b2b-saas", "--zone", "America/Sao_Paulo")
    first = shell.figures("--as-of", "2018-12-01")["steps"][0]
    assert [first[name] for name in ("entered", "advanced", "closed", "open")] == [8000, 842, 0, 7158]


@pytest.mark.skipif(not DATA.is_dir(), reason="the data sets are not beside the project")
def test_the_crm_pipeline_agrees_with_a_walk_over_its_rows(shell: Shell) -> None:
    shell.types("import", str(DATA / "crm.csv"), "--playbook", "b2b-saas", "--zone", "UTC")
    with (DATA / "crm.csv").open(encoding="utf-8") as file:
        visits = [_read(row) for row in csv.DictReader(file)]
    for day in (date(2017, 7, 1), date(2018, 1, 1)):
        found = shell.figures("--as-of", day.isoformat())["steps"]
        wanted = [expected(visits, number, day, limit) for number, limit in enumerate(limits()[:2], start=1)]
        assert wanted == [said(step) for step in found[:2]]


def _read(row: dict[str, str]) -> Seen:
    left = date.fromisoformat(row["left_at"][:10]) if row["left_at"] else None
    step, entered = int(row["step"].removeprefix("step")), date.fromisoformat(row["entered_at"][:10])
    return Seen(step, entered, row["exit"] or None, left, 0, row["source"], "", inferred=False)
