"""The README says what is so."""

from __future__ import annotations

import re
from pathlib import Path

from bot.settings import variables

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _row(name: str, default: str, meaning: str) -> str:
    return f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |"


def test_the_readme_lists_every_setting_with_its_default_and_meaning() -> None:
    rows = [_row(*variable) for variable in variables()]
    assert [line for line in README.splitlines() if re.match(r"\| `[A-Z_]+` \|", line)] == rows


def test_every_file_the_readme_points_to_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_make_target_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)(?:`|^)make ([a-z-]+)", README))
    assert {target for target in named if f"\n{target}:" not in makefile} == set()
