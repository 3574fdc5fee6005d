# make demo: build the graph of seeds/ into output/ and say which page to open.
# make test: run every check. Both set up what they need in .venv, once.

.PHONY: demo test clean
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
PYTHON = $(shell for python in python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null \
	&& command -v $$python && break; done)

demo: $(VENV)/.installed
	$(BIN)/kg build seeds -o output

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict kg
	$(BIN)/pytest

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache build dist
	find output -mindepth 1 ! -name .gitkeep -delete

$(VENV)/.installed: pyproject.toml
	@python='$(PYTHON)'; if [ -z "$$python" ]; then \
	echo 'error: no Python 3.11 or 3.12 found: install one (on Debian: apt-get install python3 python3-venv)' >&2; \
	echo 'or name it: make PYTHON=/path/to/python3.12' >&2; exit 1; fi; \
	echo "setting up $(VENV) with $$python (once, some minutes)"; \
	"$$python" -m venv --clear $(VENV) || { \
	echo 'error: no virtual environment: on Debian run apt-get install python3-venv' >&2; exit 1; }
	$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --editable '.[dev]'
	@touch $@
