# The doors of the portal. `make help` lists them; the longer work is in scripts/.
#
# Variables that may be given on the command line:
#   make run PORT=8001                             another port
#   make test DATABASE_URL=postgres://… REDIS_URL=redis://…   the suite on the production parts
#   make test REQUIRE_ALL=1                        a skipped test is a failure
#   make test ONLY_DATABASE=1                      what another database can change: one case of each test, no browser
#   make test TESTS=roadmap/tests                  a part of the suite

TESTS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench messages clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1	\2/p' Makefile

setup: ## .venv, node_modules, system libraries, compiled translations; quick when all is there
	@sh scripts/setup.sh

run: setup ## the portal with demo data on http://127.0.0.1:8000, worker and beat included (PORT=8000)
	@sh scripts/run.sh

test: setup ## the whole suite on two cores (DATABASE_URL=, REDIS_URL=, REQUIRE_ALL=1, ONLY_DATABASE=1, TESTS=)
	@.venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(TESTS)

check: setup ## lint, format, types, layers, migrations, production settings, translations
	@sh scripts/check.sh

format: setup ## what the formatters can put right by themselves
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format --quiet .

bench: setup ## every measurement, one line each: ours, the other, the ratio
	@.venv/bin/python -m bench.run

messages: setup ## collect new strings into locale/ru and compile it
	@.venv/bin/python scripts/messages.py
	@sh scripts/setup.sh

clean: ## remove what the set-up and the demo made; the next start begins anew
	rm -rf .venv node_modules var staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
