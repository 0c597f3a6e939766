.DEFAULT_GOAL := help
PY := .venv/bin/python
# `make up SERVICES="postgres mlflow job adminer"` starts these and what they need.
SERVICES ?=
STACK_RUNS = docker compose ps --status running --quiet postgres 2>/dev/null | grep -q .

.PHONY: help run live report screenshot status psql up down logs passwords job-once dbt-run test test-fast test-stack lint bench demo-month lock clean

help:  ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run  ## set everything up, score what is owed, build the marts, tell what happened
	@$(PY) -m job quickstart

live: .venv/run  ## a tick every two minutes until Ctrl-C
	@$(PY) -m job live

REPORT ?= .taxi/report.html
report: .venv/run  ## the dashboards as one web page, .taxi/report.html or REPORT=FILE
	@$(PY) -m job report --output $(REPORT)

screenshot:  ## the README's picture of the report, by Chromium
	@tools/screenshot.sh $(REPORT) docs/images/report.png

status:  ## is it healthy, what is owed; of the stack when it is up, else embedded
	@if $(STACK_RUNS); then docker compose exec -T job python -m job status; \
	else $(MAKE) --no-print-directory .venv/run && $(PY) -m job status; fi

psql:  ## open the database, reading only; the stack's when it is up, else the embedded one
	@if $(STACK_RUNS); then docker compose exec --env \
	    PGOPTIONS="-c search_path=marts,staging,raw,public -c default_transaction_read_only=on" postgres \
	    psql -U postgres taxi; \
	else $(MAKE) --no-print-directory .venv/run && $(PY) -m job psql; fi

up:  ## build and start the stack (Docker), wait until it is healthy
	@CODE_VERSION=$$(git describe --always --dirty --tags 2>/dev/null) docker compose up -d --build --wait $(SERVICES)
	@$(MAKE) --no-print-directory passwords

down:  ## stop the stack; its data stays
	@docker compose down

logs:  ## follow the job's log
	@docker compose logs --follow --tail 100 job

passwords:  ## what of the stack opens where, as whom
	@docker compose run --rm -T --no-deps passwords python docker/passwords.py show

job-once:  ## one tick by hand in the stack: score what is owed, refresh the marts
	@docker compose exec -T --env LOG_FORMAT=console job python -m job tick

dbt-run:  ## refresh the stack's marts by hand
	@docker compose exec -T job dbt run

test: .venv/dev lint  ## everything but the stack: lint, unit, PostgreSQL, MLflow, dbt
	@$(PY) -m pytest

test-fast: .venv/dev lint  ## lint and unit tests: a minute, no database
	@$(PY) -m pytest tests/unit

test-stack: .venv/dev  ## the stack on a real Docker engine: build, start, break, restore
	@$(PY) -m pytest -m "$(or $(MARKS),stack)" -n 0 tests/stack

lint: .venv/dev  ## ruff, sqlfluff, import-linter, mypy
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@.venv/bin/lint-imports
	@$(PY) -m mypy
	@.venv/bin/sqlfluff lint --disable-progress-bar job dbt_project

demo-month: .venv/run  ## a month with a snow day, a surge at the airports and a promotion, as one page
	@$(PY) -m tools.demo_month

bench: .venv/dev  ## the measurements, as tables
	@$(PY) -m bench

# `make lock UPGRADE=--upgrade` takes newer versions; UPGRADE="--upgrade-package urllib3", of one package.
COMPILE = uv pip compile $(UPGRADE) --quiet --universal --no-strip-extras --generate-hashes --no-annotate --python-version 3.11 \
    --no-emit-index-url --custom-compile-command 'make lock'
lock:  ## resolve the pinned dependencies again (needs uv)
	$(COMPILE) --group embedded pyproject.toml -o requirements.lock
	$(COMPILE) --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock
	$(COMPILE) pyproject.toml -c requirements.lock -o requirements-image.lock
	$(COMPILE) --group pyproject.toml:server -c requirements.lock -o requirements-server.lock

clean:  ## remove .venv and what was generated; .taxi, the data, stays
	rm -rf .venv dbt_project/target dbt_project/logs
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: .venv/run .venv/dev
.venv/run:
	@tools/venv.sh requirements.lock

.venv/dev:
	@tools/venv.sh requirements-dev.lock
