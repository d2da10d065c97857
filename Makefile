# make demo | make test | make setup | make check | make bench
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
# durable-rules 2.0.28 calls a function that Python 3.13 removed; its setup.py overwrites CFLAGS,
# so the macro goes in through CC. Harmless on older versions.
DURABLE_CC := gcc -O2 -DPyEval_CallObject=PyObject_CallObject
# One more than cores: tests of pages wait for their browser. Neighbours share what they set up.
PYTEST_WORKERS ?= 3

.PHONY: setup demo serve test test-caldav check format bench bench-roster contenders ci-campaigns campaign clean

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
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal

# The CalDAV bridge is a program of its own, with an environment of its own (docs/adr/0016).
CALDAV := xunjian-caldav/.venv

test-caldav: setup $(CALDAV)/.installed
	XUNJIAN_PYTHON=$(CURDIR)/$(BIN)/python $(CALDAV)/bin/python -m pytest xunjian-caldav

$(CALDAV)/.installed: xunjian-caldav/pyproject.toml xunjian-caldav/constraints.txt
	$(PYTHON) -m venv $(CALDAV)
	$(CALDAV)/bin/python -m pip install --quiet --constraint xunjian-caldav/constraints.txt --editable './xunjian-caldav[test]'
	@touch $@

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
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]' \
	  || echo "zen-engine could not be installed: benchmarks go on without it."
	$(BIN)/python -m benchmarks

# Two hours; with BENCH="--quick" ten minutes. The instances stand where XUNJIAN_INSTANCES says.
bench-roster: contenders
	$(BIN)/python -m benchmarks.roster $(BENCH)

contenders: setup
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench-roster]' \
	  || echo "timefold could not be installed: benchmarks go on without it."

# Property tests with freshly drawn cases, every page in all four looks, and walks of an inspector
# with a tablet whom every kind of fault befalls. CI runs a sample; `make campaign` runs it long.
WALKS ?= 40
WALK_SEED ?= $(shell date +%s)

ci-campaigns: setup
	HYPOTHESIS_PROFILE=campaign XUNJIAN_ALL_LOOKS=1 XUNJIAN_WALKS=$(WALKS) XUNJIAN_WALK_SEED=$(WALK_SEED) $(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal -m "hypothesis or campaign" -o timeout=1800

campaign: setup
	XUNJIAN_CAMPAIGN_EXAMPLES=5000 $(MAKE) ci-campaigns WALKS=200

clean:
	rm -rf $(VENV) $(CALDAV) var build *.egg-info xunjian-caldav/*.egg-info
