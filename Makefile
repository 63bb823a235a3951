# make up | demo | test | check | fix | bench | lock

HOST ?= 127.0.0.1
PORT ?= 8080
DATA ?= ./data
DEMO ?= ./demo-data
ARGS ?=

BIN := .venv/bin
CHECKS := check-web-lint check-web-types check-types check-queries check-dead-code check-contracts check-lint check-format
UNITS := units-web
# Tests wait more than they compute: half as many again as there are cores keep these busy.
TESTERS := $(shell echo $$(( ($$(nproc) * 3 + 1) / 2 )))

.PHONY: up demo test check fix bench lock python web client wire $(CHECKS) $(UNITS)

## Run Rift in the foreground, installing and building what is missing first.
up:
	@tools/install-python runtime
	@tools/install-web
	@tools/build-web
	@exec $(BIN)/rift up --host "$(HOST)" --port "$(PORT)" --data "$(DATA)" $(ARGS)

## A lively sample community, in a data directory of its own; ARGS=--still lets nobody speak.
demo:
	@tools/install-python runtime
	@tools/install-web
	@tools/build-web
	@exec $(BIN)/python -m demo --host "$(HOST)" --port "$(PORT)" --data "$(DEMO)" $(ARGS)

## The whole suite, from a fresh checkout on.
test:
	@tools/install-system
	@$(MAKE) --no-print-directory --jobs=2 python client
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target $(CHECKS) $(UNITS)
	@$(BIN)/pytest --numprocesses=$(TESTERS) --dist=loadfile --no-loadscope-reorder $(ARGS)

## Everything that can be known without running Rift, side by side.
check: python web
	@$(MAKE) --no-print-directory --jobs=3 --keep-going --output-sync=target $(CHECKS)

check-format:
	@$(BIN)/ruff format --check --quiet --diff

check-lint:
	@$(BIN)/ruff check --quiet

check-types:
	@$(BIN)/mypy

check-queries:
	@$(BIN)/pyrefly check --output-format min-text --summary=none

check-contracts:
	@$(BIN)/lint-imports --no-logo

check-dead-code:
	@$(BIN)/python tools/dead_code.py

check-web-types: wire
	@npm --prefix web run check:types --silent

check-web-lint: wire
	@npm --prefix web run check:lint --silent

units-web:
	@npm --prefix web test --silent

## Put the code into its one shape.
fix: python
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format --quiet

## Measure: the figures of docs/performance.md.
bench: python
	@$(BIN)/python -m bench $(ARGS)

## Write the lock files anew from pyproject.toml; ARGS=--upgrade takes newer versions.
lock: python
	@tools/lock $(ARGS)

wire: python
	@$(BIN)/python tools/web_types.py

python:
	@tools/install-python dev

web:
	@tools/install-web

client: web
	@tools/build-web
