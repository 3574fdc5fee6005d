# make demo: build the graph of seeds/ into output/ and say which page to open.
# make test: run every check. Both set up what they need in .venv, once, in the versions of constraints.txt.
# make lock: write constraints.txt anew, from the newest versions that pyproject.toml allows.
# make audit: look up what is known against those versions (needs the network).

.PHONY: demo test lock audit clean
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

lock: $(VENV)/.installed
	$(BIN)/python -m venv --clear $(VENV)/lock
	$(VENV)/lock/bin/pip --quiet install '.[dev]'
	{ echo '# The versions that CI tests with, on Python 3.11 and 3.12; make lock writes it.'; \
	$(VENV)/lock/bin/pip freeze --all --exclude pip --exclude biomed-kg; } > constraints.txt

audit: $(VENV)/.installed
	$(BIN)/python -m venv --clear $(VENV)/audit
	$(VENV)/audit/bin/pip --quiet install 'pip-audit>=2.7,<3'
	$(VENV)/audit/bin/pip-audit --no-deps --disable-pip --requirement constraints.txt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache build dist
	find output -mindepth 1 ! -name .gitkeep -delete

$(VENV)/.installed: pyproject.toml constraints.txt
	@python='$(PYTHON)'; if [ -z "$$python" ]; then \
	echo 'error: no Python 3.11 or 3.12 found: install one (on Debian: apt-get install python3 python3-venv)' >&2; \
	echo 'or name it: make PYTHON=/path/to/python3.12' >&2; exit 1; fi; \
	echo "setting up $(VENV) with $$python (once, some minutes)"; \
	"$$python" -m venv --clear $(VENV) || { \
	echo 'error: no virtual environment: on Debian run apt-get install python3-venv' >&2; exit 1; }
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@
