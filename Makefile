# What you can do here. `make run` and `make test` set up whatever is missing first.
MAKEFLAGS += --no-print-directory
PYTHON := .venv/bin/python
# A Node.js and npm that are there already, from wherever, will do.
PACKAGES := redis-server postgresql chromium fonts-noto-cjk $(shell command -v node >/dev/null || echo nodejs) \
  $(shell command -v npm >/dev/null || echo npm)
APT := env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300
# Root needs no sudo, and many containers have none.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.DEFAULT_GOAL := help
.PHONY: help setup run model nlu-report test test-web check format bench screenshots lock test-deps clean

help: ## Show this list
	@awk -F ': ##|:[^#]*##' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## Make the environments (.venv, assistant/.venv) from their locks
	@scripts/setup

run: setup ## Start everything on this computer; Ctrl-C stops it
	@exec $(PYTHON) -m bot.cli run

model: setup ## Train the assistant into models/ when its inputs have changed
	@exec $(PYTHON) -m bot.cli model

nlu-report: setup ## Try the model on unseen sentences; writes var/nlu-report/
	@exec $(PYTHON) -m bot.cli nlu-report $(ARGS)

test: setup model test-web ## Run every test; choose some with ARGS="-k queue"
	@echo "Running the Python tests"
	@exec $(PYTHON) -m pytest $(ARGS)

# Without Node.js the pages' own tests are left out, except in CI, where nothing is.
test-web:
	@scripts/test-web

check: setup ## Lint, formatting, types, import rules
	@echo "Checking lint and formatting (ruff)"
	@$(PYTHON) -m ruff check --quiet --output-format concise
	@$(PYTHON) -m ruff format --check --quiet --output-format concise || { echo "Run 'make format'."; exit 1; }
	@echo "Checking types (mypy): gasdesk"
	@$(PYTHON) -m mypy --no-error-summary
	@echo "Checking types (mypy): assistant"
	@$(PYTHON) -m mypy --no-error-summary --config-file assistant/pyproject.toml
	@echo "Checking the import rules (import-linter)"
	@scripts/check-imports

format: setup ## Format the code and sort its imports
	@$(PYTHON) -m ruff check --quiet --fix-only
	@$(PYTHON) -m ruff format

bench: setup model ## Measure and print the benchmark tables
	@exec $(PYTHON) -m benchmarks $(ARGS)

screenshots: setup model ## Take the pictures in docs/images anew
	@exec $(PYTHON) -m tests.browser.screenshots

lock: ## Write both lock files anew; newer versions with ARGS=--upgrade
	@scripts/lock $(ARGS)

test-deps: ## Install the servers, browser and font that the tests use (Debian, Ubuntu)
	@echo "Installing $(PACKAGES)"
	@$(SUDO) $(APT) update
	@$(SUDO) $(APT) install -y --no-install-recommends $(PACKAGES) >/dev/null

clean: ## Remove environments, tools and caches (var/ and models/ stay)
	@echo "Removing environments, tools and caches; data in var/ and models in models/ stay"
	@rm -rf .venv assistant/.venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
