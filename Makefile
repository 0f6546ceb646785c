# make alone prints the targets. Everything lives in .venv, made by python3 -m venv; PYTHON=python3.12 picks another.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable
PORT ?= 8000

.PHONY: help demo test check eval eval-peers bench bench-forecast docs serve

help: ## print the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

demo: .venv/installed-run ## read bundled reports, check them, print the scoreboard and write the report
	$(BIN)/tallyman demo --folder out/demo

test: .venv/installed-test ## run every test
	$(BIN)/python -m pytest

check: .venv/installed-check ## lint, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: .venv/installed-test ## score claims, quantities, verdicts, targets and stories; fails below the pinned floors
	@failed=0; for part in run general verdicts targets stories/run; do \
		echo "== eval/$$part.py"; $(BIN)/python eval/$$part.py || failed=1; \
	done; exit $$failed

eval-peers: .venv/installed-test ## the same figures read by other libraries, in an environment of their own
	$(BIN)/python eval/peers/run.py

bench: .venv/installed-test ## measure speed
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/extract.py
	$(BIN)/python bench/shelves.py
	$(BIN)/python bench/stories.py

bench-forecast: .venv/installed-test ## backtest the forecasts on the monthly series
	$(BIN)/python bench/forecast/run.py

docs: .venv/installed-docs ## build the documentation into site/
	$(BIN)/sphinx-build --quiet --fail-on-warning docs site

serve: .venv/installed-run demo ## serve the page and the API of the demo ledger
	$(BIN)/tallyman serve --ledger out/demo/demo.duckdb --port $(PORT)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed-run: .venv/bin/python pyproject.toml
	$(INSTALL) ".[forecast,web]"
	@touch $@

.venv/installed-test: .venv/bin/python pyproject.toml
	$(INSTALL) ".[all,test]"
	@touch $@

.venv/installed-check: .venv/bin/python pyproject.toml
	$(INSTALL) ".[all,check,test]"
	@touch $@

.venv/installed-docs: .venv/bin/python pyproject.toml
	$(INSTALL) ".[docs,web]"
	@touch $@
