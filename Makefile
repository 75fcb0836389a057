# Everything runs from a virtual environment made from the lock file; nothing is installed on your machine.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
DEPS := $(VENV)/.installed
DATABASES ?= sqlite,postgresql

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset demo-setup test lint bench texts lock clean

help: ## Show what there is to make
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(DEPS): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Nextstep needs Python 3.11 or newer; try: make PYTHON=python3.11 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.installed: package.json package-lock.json
	@command -v npm >/dev/null || \
		{ echo "The demo's Slack comes from npm, which is not on this machine: install Node.js with npm."; exit 1; }
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@mkdir -p node_modules && touch $@

demo-setup: $(DEPS) node_modules/.installed ## Install what the demo needs, without running it

demo: demo-setup ## Run the bot in a Slack of its own, in your browser
	@$(BIN)/nextstep demo $(DEMO)

demo-reset: demo-setup ## The same, from the beginning
	@$(BIN)/nextstep demo --reset $(DEMO)

test: $(DEPS) ## Run every test, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup $(PYTEST)

lint: $(DEPS) ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

texts: $(DEPS) ## Bring the translation catalogs up to date with the code
	$(BIN)/python -m bot.views.catalog

bench: $(DEPS) ## Measure commands against a bare echo app
	$(BIN)/python -m bench.commands

lock: $(DEPS) ## Write the lock file anew from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --group dev -o requirements.lock

clean: ## Remove what was installed and made here
	rm -rf $(VENV) node_modules .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
