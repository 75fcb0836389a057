"""The shipped playbooks are complete, and one can be copied as a start."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from playbooks.library import UnknownPlaybookError, key_for, new_playbook, shipped, shipped_text
from playbooks.loader import read_playbook
from playbooks.script_variables import FILTERS, variables


def test_a_dutch_and_an_english_playbook_are_shipped() -> None:
    assert {"b2b-diensten", "b2b-saas"} <= set(shipped())


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_playbook_has_no_gap_and_its_own_name_as_key(name: str) -> None:
    loaded = read_playbook(shipped_text(name), name)
    assert [str(fault) for fault in loaded.faults] == []
    assert loaded.playbook is not None
    assert loaded.playbook.key == name


@pytest.mark.parametrize("name", ["Our Côte d'Azur deal", 'it\'s \\1 "quoted": #1', "x: y", "{{ name }}"])
def test_a_new_playbook_has_its_own_name_and_key_and_no_faults(name: str) -> None:
    loaded = read_playbook(new_playbook(name, "b2b-saas"), "new.yaml")
    assert loaded.playbook is not None
    assert (loaded.playbook.name, loaded.playbook.key) == (name, key_for(name))


@pytest.mark.parametrize(
    ("name", "key"),
    [("Zakelijke Diensten", "zakelijke-diensten"), ("2e kans!", "e-kans"), ("  Über–fair ", "uber-fair")],
)
def test_a_key_is_made_of_the_letters_of_a_name(name: str, key: str) -> None:
    assert key_for(name) == key


@pytest.mark.parametrize("name", ["", "123", "日本", "a\nb", "x" * 301])
def test_a_name_without_letters_makes_no_playbook(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a playbook"):
        new_playbook(name, "b2b-saas")


@pytest.mark.parametrize("name", ["b2b", "../loader", "", "b2b-saas.yaml"])
def test_an_unknown_origin_names_those_that_exist(name: str) -> None:
    with pytest.raises(UnknownPlaybookError, match="use one of: b2b-diensten, b2b-saas"):
        shipped_text(name)


def test_the_example_in_the_docs_is_a_step_without_faults() -> None:
    page = (Path(__file__).parents[3] / "docs" / "playbooks.md").read_text()
    example = page.split("```yaml\n")[1].split("```")[0]
    last = (
        example.replace("key: step1", "key: step2").replace("step: step2", "step: won").replace("First con", "Con")
    )
    head = "schema: 1\nkey: docs\nname: Docs\nlanguage: en\nvariables: {company: Clearmark}\nsteps:\n"
    assert [str(fault) for fault in read_playbook(head + example + last, "docs.yaml").faults] == []


def test_the_docs_name_every_variable_part_and_filter() -> None:
    page = (Path(__file__).parents[3] / "docs" / "playbooks.md").read_text()
    known = variables(())
    parts = {part for owner in known.values() if isinstance(owner, Mapping) for part in owner}
    assert [name for name in {*known, *parts, *FILTERS} if f"`{name}" not in page] == []
