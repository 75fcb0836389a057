# Everything runs from a virtual environment made from the lock file; nothing is installed on your machine.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
DATABASES ?= sqlite,postgresql

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset demo-setup test chaos lint bench bench-deliveries bench-accuracy bench-funnel texts lock clean

help: ## Show what there is to make
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(RUN): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Nextstep needs Python 3.11 or newer; try: make PYTHON=python3.11 ..."; exit 1; }
	@echo "Installing what Nextstep needs into $(VENV) (a minute, once)..."
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@echo "Installing what the tests need into $(VENV)..."
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.installed: package.json package-lock.json
	@command -v npm >/dev/null || \
		{ echo "The demo's Slack comes from npm, which is not on this machine: install Node.js with npm."; exit 1; }
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@mkdir -p node_modules && touch $@

demo-setup: $(RUN) node_modules/.installed ## Install what the demo needs, without running it

demo: demo-setup ## Run the bot in a Slack of its own, in your browser
	@$(BIN)/nextstep demo $(DEMO)

demo-reset: demo-setup ## The same, from the beginning
	@$(BIN)/nextstep demo --reset $(DEMO)

test: $(DEV) ## Run every test, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup $(PYTEST)

chaos: $(DEV) ## Kill workers for ten minutes while they deliver to a failing Slack (MINUTES=10)
	NEXTSTEP_CHAOS_MINUTES=$(or $(MINUTES),10) $(BIN)/python -m pytest -q -s tests/chaos $(PYTEST)

lint: $(DEV) ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

texts: $(DEV) ## Bring the translation catalogs up to date with the code
	$(BIN)/python -m bot.views.catalog

bench: $(DEV) ## Measure commands against a bare echo app
	$(BIN)/python -m bench.commands

bench-deliveries: $(DEV) ## Measure planning 100,000 messages, and deliveries a second
	$(BIN)/python -m bench.deliveries $(BENCH)

bench-accuracy: $(DEV) ## Simulate teams: how right the numbers are (BENCH=--quick)
	$(BIN)/python -m bench.accuracy $(BENCH)

bench-funnel: $(DEV) ## Measure what the numbers cost, beside a naive GROUP BY and lifelines
	$(BIN)/python -m bench.funnel $(BENCH)

COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11

lock: $(DEV) ## Write the lock files anew from pyproject.toml
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove what was installed and made here
	rm -rf $(VENV) node_modules .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
