# Every target does its own set-up: a machine needs Python 3.11 or later (with venv) and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Every file that pip fetches must have a hash of the lock file; pip refuses a project in the same command.
INSTALL := $(PIP) install -q --require-hashes -r
# The project itself: nothing is fetched for it, since what builds it came with the lock file.
ITSELF := $(PIP) install -q --no-index --no-deps --no-build-isolation -e .
SIZES ?= 100000 1000000
JOBS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )))
BENCH_DATABASE_URL ?=
UPGRADE ?= --upgrade
# For every platform and Python from 3.11; without the address of who gave the files.
COMPILE = $(BIN)/uv pip compile -q $(UPGRADE) --universal --python-version 3.11 --generate-hashes --group build \
	--annotation-style line --no-header --no-emit-index-url --no-emit-find-links pyproject.toml
MARKUP := tests/web/markup/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow lint check bench bench-scale messages lock clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(VENV)/run ## Install, build everything from the bundled catalogue, serve http://127.0.0.1:8000 (PORT, NABIJ_HOME)
	@$(BIN)/python -m compileall -q service importers  # a quarter of the start, where Python may not keep it itself
	@$(BIN)/nabij demo

test: $(VENV)/dev $(MARKUP) ## Run the tests, in JOBS processes
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

test-slow: $(VENV)/dev $(MARKUP) ## Run the long sweeps too
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "slow or not slow"

lint: $(VENV)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

check: lint ## Lint, types, import contracts, file sizes, messages
	@$(BIN)/python -m pytest -n $(JOBS) tests/unit/test_house.py tests/unit/test_i18n_catalogues.py

bench: $(VENV)/dev ## Measure whole requests on 100,000 synthetic listings (docs/performance.md)
	@$(BIN)/python -m benchmarks.run

bench-scale: $(VENV)/dev ## Measure both engines beside the bare ones, by SIZES of listings (BENCH_DATABASE_URL for PostGIS)
	@for size in $(SIZES); do \
		$(BIN)/python -m benchmarks.run --engine fts5 --listings $$size --clients 1,4,16 && \
		$(BIN)/python -m benchmarks.run --engine meilisearch --listings $$size --clients 1,4,16 \
			--database-url "$(BENCH_DATABASE_URL)" || exit 1; \
	done

messages: $(VENV)/dev ## Collect the words of the interface into the translation catalogues
	@$(BIN)/python -m service.i18n.extract

# The largest first: the smaller ones take its versions, so that what is tested is what runs.
lock: $(VENV)/dev ## Pin the newest versions and their hashes in the lock files (UPGRADE= keeps the versions)
	@$(COMPILE) --all-extras -o requirements-data.lock
	@$(COMPILE) --extra dev --extra meilisearch -c requirements-data.lock -o requirements-dev.lock
	@$(COMPILE) --extra meilisearch -c requirements-dev.lock -o requirements.lock

clean: ## Remove the environment and the data folder of the demo
	rm -rf $(VENV) var

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Nabij needs Python 3.11 or later; this is " \
		+ sys.version.split()[0] + ". Say which with: make PYTHON=python3.12 demo")'
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run: pyproject.toml requirements.lock | $(VENV)/bin/python
	@echo "Installing Nabij and what it stands on (a minute or so, once) ..."
	@$(INSTALL) requirements.lock
	@$(ITSELF)
	@touch $@

$(VENV)/dev: pyproject.toml requirements-dev.lock | $(VENV)/bin/python
	@echo "Installing Nabij, what it stands on and its test tools (a minute or so, once) ..."
	@$(INSTALL) requirements-dev.lock
	@$(ITSELF)
	@touch $@ $(VENV)/run

$(MARKUP): tests/web/markup/package-lock.json
	@cd tests/web/markup && npm ci --silent --no-audit --no-fund && touch node_modules/.package-lock.json \
		|| echo "html-validate could not be installed (it needs npm): the tests of the markup of the pages are skipped."
