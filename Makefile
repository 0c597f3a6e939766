.DEFAULT_GOAL := help
PY := .venv/bin/python
# Python's own variables were set for another project (docs/environment.md). PYTHON is ours: it names a Python for .venv.
unexport $(filter-out PYTHON,$(filter PYTHON%,$(.VARIABLES)))
# `make up SERVICES="postgres mlflow job adminer"` starts these services and their dependencies.
SERVICES ?=
STACK_RUNS = docker compose ps --status running --quiet postgres 2>/dev/null | grep -q .

.PHONY: help run live report screenshot status psql up down logs passwords job-once dbt-run test test-fast test-stack test-faults lint lint-python bench demo-month lock clean

help:  ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run  ## set everything up, score owed windows, build the marts, print a summary
	@$(PY) -m job quickstart

live: .venv/run  ## run a tick every two minutes until Ctrl-C
	@$(PY) -m job live

REPORT ?= .taxi/report.html
report: .venv/run  ## write the dashboards as one web page to .taxi/report.html, or REPORT=FILE
	@$(PY) -m job report --output $(REPORT)

screenshot:  ## render the README's picture of the report with Chromium
	@tools/screenshot.sh $(REPORT) docs/images/report.png

status:  ## show health and owed windows, of the stack if it is up, else of the embedded server
	@if $(STACK_RUNS); then docker compose exec -T job python -m job status; \
	else $(MAKE) --no-print-directory .venv/run && $(PY) -m job status; fi

psql:  ## open the database read-only, the stack's if it is up, else the embedded one
	@if $(STACK_RUNS); then docker compose exec --env \
	    PGOPTIONS="-c search_path=marts,staging,raw -c default_transaction_read_only=on" postgres \
	    psql -U postgres taxi; \
	else $(MAKE) --no-print-directory .venv/run && $(PY) -m job psql; fi

up:  ## build and start the stack (Docker) and wait until it is healthy
	@CODE_VERSION=$$(git describe --always --dirty --tags 2>/dev/null) docker compose up -d --build --wait $(SERVICES)
	@$(MAKE) --no-print-directory passwords

down:  ## stop the stack and keep its data
	@docker compose down

logs:  ## follow the job's log
	@docker compose logs --follow --tail 100 job

passwords:  ## print the addresses and logins of the stack
	@docker compose run --rm -T --no-deps passwords python docker/passwords.py show

job-once:  ## run one tick in the stack: score owed windows, refresh the marts
	@docker compose exec -T --env LOG_FORMAT=console job python -m job tick

dbt-run:  ## refresh the stack's marts
	@docker compose exec -T job dbt run

test: .venv/dev lint  ## run all checks except the stack's: lint, unit, PostgreSQL, MLflow, dbt
	@$(PY) -m pytest

test-fast: .venv/dev lint  ## run lint and the unit tests: a minute, no database
	@$(PY) -m pytest tests/unit

test-stack: .venv/dev  ## test the stack on a Docker engine: build, start, break, restore
	@$(PY) -m pytest -m "$(or $(MARKS),stack)" -n 0 tests/stack

SEED ?= 1
ROUNDS ?= 20
test-faults: .venv/dev  ## kill, cut off and slow down commands at random moments: SEED=1 ROUNDS=20
	@FAULTS_SEED=$(SEED) FAULTS_ROUNDS=$(ROUNDS) $(PY) -m pytest -m "" tests/faults

lint: .venv/dev  ## run ruff, sqlfluff, import-linter and mypy
	@$(MAKE) --no-print-directory --jobs 2 lint-python .sqlfluff_cache

lint-python:
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@.venv/bin/lint-imports
	@$(PY) -m mypy

# sqlfluff has no cache and takes ten seconds, so it runs only when a file that it reads has changed.
LINTED := .sqlfluff requirements-dev.lock $(shell find job dbt_project -name target -prune -o -name '*.sql' -print)
.sqlfluff_cache: $(LINTED) | .venv/dev
	@.venv/bin/sqlfluff lint --disable-progress-bar job dbt_project
	@touch $@

demo-month: .venv/run  ## simulate a month with a snow day, a surge at the airports, road works and a promotion, as one page
	@$(PY) -m tools.demo_month

bench: .venv/dev  ## run the benchmarks and print their tables
	@$(PY) -m bench

# `make lock UPGRADE=--upgrade` updates all packages, UPGRADE="--upgrade-package urllib3" a single one.
COMPILE = uv pip compile $(UPGRADE) --quiet --universal --no-strip-extras --generate-hashes --no-annotate --python-version 3.11 \
    --no-emit-index-url --custom-compile-command 'make lock'
lock:  ## resolve and lock the dependencies (needs uv)
	$(COMPILE) --group embedded pyproject.toml -o requirements.lock
	$(COMPILE) --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock
	$(COMPILE) pyproject.toml -c requirements.lock -o requirements-image.lock
	$(COMPILE) --group pyproject.toml:server -c requirements.lock -o requirements-server.lock

clean:  ## remove .venv and generated files; the data in .taxi is kept
	rm -rf .venv dbt_project/target dbt_project/logs
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: .venv/run .venv/dev
.venv/run:
	@tools/venv.sh requirements.lock

.venv/dev:
	@tools/venv.sh requirements-dev.lock
