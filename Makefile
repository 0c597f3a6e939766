.DEFAULT_GOAL := help
PY := .venv/bin/python

.PHONY: help run live test test-fast lint psql status bench lock clean

help:  ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run  ## set everything up, score what is owed, build the marts, tell what happened
	@$(PY) -m job quickstart

live: .venv/run  ## a tick every two minutes until Ctrl-C
	@$(PY) -m job live

status: .venv/run  ## is it healthy, what is owed
	@$(PY) -m job status

psql: .venv/run  ## open the database, reading only
	@$(PY) -m job psql

test: .venv/dev lint  ## everything: lint, unit, PostgreSQL, MLflow, dbt
	@$(PY) -m pytest

lint: .venv/dev  ## ruff, sqlfluff, import-linter, mypy
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@.venv/bin/lint-imports
	@$(PY) -m mypy
	@.venv/bin/sqlfluff lint --disable-progress-bar job dbt_project

bench: .venv/dev  ## the measurements, as tables
	@$(PY) -m bench

lock:  ## resolve the pinned dependencies again (needs uv)
	uv pip compile --universal --no-strip-extras --generate-hashes --no-annotate --python-version 3.11 --no-emit-index-url \
	    --custom-compile-command 'make lock' pyproject.toml -o requirements.lock
	uv pip compile --universal --no-strip-extras --generate-hashes --no-annotate --python-version 3.11 --no-emit-index-url \
	    --custom-compile-command 'make lock' --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:  ## remove .venv and what was generated; .taxi, the data, stays
	rm -rf .venv dbt_project/target dbt_project/logs
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: .venv/run .venv/dev
.venv/run:
	@tools/venv.sh requirements.lock

.venv/dev:
	@tools/venv.sh requirements-dev.lock
