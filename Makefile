# SEND System Health. `make run` shows the dashboard, `make test` runs a sample of every kind of
# test and `make test-all` every one; `make help` lists the rest. Each installs what it needs into
# .venv first, once, and again when a lock file changes.

PORT ?= 8501
ADDRESS ?= 127.0.0.1
RAW ?= ../shared/raw

# The first Python on this machine that is new enough. `make run PYTHON=/path/to/python` overrides it.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$python" && break; done)

# Paths are relative, so that a folder with spaces in its name works.
PY := .venv/bin/python
RUNTIME := .venv/.installed-requirements
SHOWN := data/built/current.json
DEV := .venv/.installed-requirements-dev

# What is compiled once serves every program that a test starts; where this is set, none of it is kept.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-all slowest check fix coverage build derive bench pictures screenshots refresh lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: $(RUNTIME) $(SHOWN)  ## the dashboard on http://localhost:8501 (PORT=8600 for another port)
	@"$(PY)" -m streamlit run app.py --server.address="$(ADDRESS)" --server.port="$(PORT)" \
		--browser.serverAddress=localhost

test: $(DEV)  ## every kind of test, in minutes; those in a browser are skipped without Chromium
	"$(PY)" -m pytest $(SAMPLE) $(ARGS)

test-all: $(DEV)  ## every test: every area, page, source and pack
	"$(PY)" -m pytest $(EVERY) $(ARGS)

slowest: $(DEV)  ## what make test costs in processor time, by file and by test
	"$(PY)" -m pytest $(SAMPLE) -p tests.cost $(ARGS)

EVERY := -n auto --dist worksteal
SAMPLE := $(EVERY) -m "not exhaustive" --hypothesis-profile quick

check: $(DEV)  ## format, lint, who imports whom, types
	"$(PY)" -m ruff format --check .
	"$(PY)" -m ruff check .
	.venv/bin/lint-imports
	"$(PY)" -m ty check app.py benchmarks dashboard pages pipeline scripts

fix: $(DEV)  ## put right what a machine can
	"$(PY)" -m ruff format .
	"$(PY)" -m ruff check --fix .

coverage: $(DEV)  ## which lines no test reaches
	"$(PY)" -m pytest --cov --cov-report=term-missing $(ARGS)

build: $(RUNTIME)  ## data/built and data/values from the published files (RAW=folder)
	"$(PY)" -m pipeline build --raw "$(RAW)"

derive: $(RUNTIME)  ## data/built from data/values, for what is not started from here
	"$(PY)" -m pipeline derive

# What is served is made before the server starts, where figures came with a clone or with `git pull`.
# Where they give no build it says why, and the server shows the last one.
$(SHOWN): $(wildcard data/values/values.json) | $(RUNTIME)
	@if "$(PY)" -m pipeline.derive; then touch "$@"; fi

refresh: $(RUNTIME)  ## fetch what is new, build, check, publish
	"$(PY)" -m pipeline refresh

bench: $(DEV)  ## what a rebuild and a click cost (RAW=folder)
	"$(PY)" -m benchmarks.rebuild --raw "$(RAW)"
	"$(PY)" -m benchmarks.signals_by_chance
	"$(PY)" -m benchmarks.click
	"$(PY)" -m benchmarks.export
	"$(PY)" -m benchmarks.briefing --all-areas

pictures: $(DEV)  ## the small pictures of every page that tests compare with
	"$(PY)" -m scripts.looks

screenshots: $(DEV)  ## the pictures in the README, from the running dashboard
	"$(PY)" -m scripts.screenshots

lock: $(DEV)  ## requirements*.txt from requirements*.in
	"$(PY)" -m uv pip compile $(LOCK) requirements.in -o requirements.txt
	"$(PY)" -m uv pip compile $(LOCK) --constraints requirements.txt requirements-dev.in -o requirements-dev.txt
LOCK := --quiet --system-certs --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)

clean:  ## remove what was installed
	rm -rf .venv

# An installed set is out of date when its lock is newer than the note that it was installed.
$(RUNTIME): requirements.txt $(PY)
	$(INSTALL) -r requirements.txt
	@touch "$@"

$(DEV): requirements.txt requirements-dev.txt $(PY)
	$(INSTALL) -r requirements.txt -r requirements-dev.txt
	@touch "$@" "$(RUNTIME)"

# Some systems' Python brings pip but not what puts pip into an environment: then the outer pip installs.
INSTALL = @echo "Installing what the lock files name: the first time takes a minute or two"; \
	pip="$(PY) -m pip"; $$pip --version >/dev/null 2>&1 || pip="$(PYTHON) -m pip --python $(PY)"; \
	$$pip install --quiet --disable-pip-version-check --no-compile $(FROM_LOCK)
# It is compiled when it is first used: most of what is installed never is.
# The locks are complete, so pip has nothing to resolve: older ones look for the newest release of
# whatever is asked for with an extra, and then refuse it because it has no hash.
FROM_LOCK := --no-deps --require-hashes --only-binary :all:

$(PY):
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer, and none was found." \
		"Install one, or name it: make run PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or newer; $(PYTHON) is not that." \
		"Name another: make run PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv >/dev/null 2>&1 \
		|| "$(PYTHON)" -m venv --clear --without-pip .venv
