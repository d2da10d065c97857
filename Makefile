# make demo | make test | make setup | make check | make bench
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
# durable-rules 2.0.28 calls a function that Python 3.13 removed; its setup.py overwrites CFLAGS,
# so the macro goes in through CC. Harmless on older versions.
DURABLE_CC := gcc -O2 -DPyEval_CallObject=PyObject_CallObject
PYTEST_WORKERS ?= 2

.PHONY: setup demo serve test check format bench bench-roster ci-campaigns campaign clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Xunjian needs Python 3.11 to 3.13; set PYTHON=python3.12, for example."; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --upgrade pip setuptools wheel
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,check]'
	@CC="$(DURABLE_CC)" $(BIN)/python -m pip install --quiet --constraint constraints.txt --no-binary durable-rules durable-rules > $(VENV)/durable-rules.log 2>&1 \
	  && $(BIN)/python -c 'import durable.engine' 2>> $(VENV)/durable-rules.log \
	  || echo "durable-rules could not be built (see $(VENV)/durable-rules.log): the plain-Python engine will be used."
	$(BIN)/python -m scheduler.roster.warm
	@touch $(STAMP)

demo: setup
	$(BIN)/xunjian demo

serve: setup
	$(BIN)/xunjian serve

test: setup
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/xunjian rules check

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m benchmarks

bench-roster: setup
	$(BIN)/python -m benchmarks.roster $(BENCH)

# Property tests with freshly drawn cases, and every page in all four looks. CI runs a sample;
# `make campaign` runs it long.
ci-campaigns: setup
	HYPOTHESIS_PROFILE=campaign XUNJIAN_ALL_LOOKS=1 $(BIN)/python -m pytest -n $(PYTEST_WORKERS) -m "hypothesis or campaign" -o timeout=1800

campaign: setup
	XUNJIAN_CAMPAIGN_EXAMPLES=5000 $(MAKE) ci-campaigns

clean:
	rm -rf $(VENV) var build *.egg-info
