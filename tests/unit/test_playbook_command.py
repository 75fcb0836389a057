"""`nextstep playbook check`, as its author reads it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from bot import cli


def test_a_fault_in_line_100_is_told_by_its_number_and_not_by_a_picture(tmp_path: Path) -> None:
    """Between colons, 100 is the name of an emoji."""
    file = tmp_path / "ours.yaml"
    file.write_text("schema: 1\n" + "#\n" * 98 + "nonsense: yes\n", encoding="utf-8")
    said = CliRunner().invoke(cli.app, ["playbook", "check", str(file)])
    assert said.exit_code == cli.FAULTS_FOUND
    assert f"{file}:100: " in said.output
