from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.page import SlackPage
from tests.browser.stage import missing, opened, running_demo


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[SlackPage]:
    """The page of a freshly made demo. Where it cannot run, skips; NEXTSTEP_BROWSER=required fails."""
    lack = missing()
    if lack and os.environ.get("NEXTSTEP_BROWSER") == "required":
        pytest.fail(f"The browser test cannot run: {lack}")
    if lack:
        pytest.skip(f"the browser test cannot run: {lack}")
    with running_demo(tmp_path) as demo, opened(demo, tmp_path) as page:
        yield page
