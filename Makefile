# make run    sets everything up and serves it at http://127.0.0.1:8000 (PORT=… changes it)
# make test   sets up what the tests need and runs them
#             (JOBS=2 processes at once; ARGS="tests/engine -k name" chooses)
# make check  ruff, mypy --strict, djade, import-linter

SHELL := /bin/sh
PORT ?= 8000
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
export PORT
export PYTHONUNBUFFERED := 1

.PHONY: run test check bench lock format messages pictures clean help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# make/make/p' Makefile

run: $(VENV)/.run-ready
	@$(BIN)/python manage.py set_up --demo && exec env CARD_SANDBOX=1 $(BIN)/python manage.py dev

test: $(VENV)/.dev-ready
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

check: $(VENV)/.dev-ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	@$(BIN)/lint-imports

format: $(VENV)/.dev-ready
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2

# Hash-locked lists of dependencies for every platform; see docs/decisions/0001.
lock: $(VENV)/.uv-ready
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes \
	    --no-header --no-annotate -q -o requirements-dev.lock
	@$(BIN)/uv pip compile pyproject.toml -c requirements-dev.lock --universal --generate-hashes \
	    --no-header --no-annotate -q -o requirements.lock

# The texts of the interface: collects what is new into locale/*/LC_MESSAGES/django.po.
messages: $(VENV)/.dev-ready
	@$(BIN)/python manage.py makemessages -l es -l pl --no-location --no-wrap --no-obsolete \
	    --ignore=.venv --ignore=var --ignore=tests --ignore=configurator/catalog/demo
	@for po in locale/*/LC_MESSAGES/django.po; do \
	    msgattrib --sort-output --no-wrap -o $$po $$po && sed -i '/^"\(POT-Creation-Date\|Report-Msgid-Bugs-To\)/d' $$po || exit 1; \
	done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/.uv-ready:
	@if ! test -w .; then echo "customerize: this folder is read-only, so nothing can be set up in it: $$PWD" >&2; exit 1; fi
	@.ci/make-venv $(VENV)
	@touch $@

$(VENV)/.run-ready: requirements.lock $(VENV)/.uv-ready
	@echo "Installing the locked dependencies …"
	@$(BIN)/uv pip install --python $(BIN)/python --require-hashes -q -r requirements.lock
	@touch $@

$(VENV)/.dev-ready: requirements-dev.lock $(VENV)/.uv-ready
	@echo "Installing the locked dependencies, with those of development …"
	@$(BIN)/uv pip install --python $(BIN)/python --require-hashes -q -r requirements-dev.lock
	@touch $@
