# Two commands are all a newcomer needs: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: run demo help test test-fast test-dates check format lint types imports docs lexicon-check mutants chaos fuzz week bench \
	intake lock clean

# A worker per core; each takes whole files, the longest first (tests/kinds.py).
WORKERS := -n auto --dist loadfile --no-loadscope-reorder

# What was compiled once is kept, whatever the shell says: three processes read every test.
unexport PYTHONDONTWRITEBYTECODE

# Where the labelled messages for measuring lie; they are not part of the project.
EVAL ?= ../shared/eval
export SHOUXIN_EVAL := $(EVAL)

# A room of the tests is a folder; these are the names that people use for some of them.
ROOMS := $(sort $(patsubst tests/%/,%,$(dir $(wildcard tests/*/test_*.py))))
desk := department
board := supervisor
chat := citizen
pages := web
process := bot
core := cases figures lifecycle moves rules service
NAMES := desk board chat pages process core
chosen := $(foreach room,$(ROOM),$(if $(filter $(room),$(NAMES)),$($(room)),$(room)))
unknown := $(filter-out $(ROOMS),$(chosen))
ifneq ($(unknown),)
$(error There is no room "$(unknown)". Rooms: $(ROOMS). Also: $(foreach name,$(NAMES),$(name) ($($(name)))))
endif

run: $(VENV)/.run  ## everything on an embedded MongoDB; prints the addresses and a first login
	@exec $(PY) -m bot run

demo: $(VENV)/.run  ## the same with 500 invented cases
	@exec $(PY) -m bot demo

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

test: $(VENV)/.dev  ## all tests, or those of ROOM=desk (ROOM="desk board", ROOM=core); TESTS= takes more words for pytest
	$(PY) -m pytest $(WORKERS) $(TESTS) $(addprefix tests/,$(chosen))

test-fast: $(VENV)/.dev  ## the pure tests, of all rooms or of ROOM: no database, no browser, no process beside them
	$(PY) -m pytest $(WORKERS) -m pure $(TESTS) $(addprefix tests/,$(chosen))

# Days are counted from now, or dates. Whose tests ask a clock, the machine's or the server's, knows time.
DATES ?= +1d +40d +200d 2028-02-29
DATES_TESTS ?= $(addprefix tests/,bot/test_demo.py commands rules service storage supervisor workers)
FEW_DATES := +40d 2028-02-29

test-dates: $(VENV)/.dev  ## the rooms that know time on other days, mongod included; DATES_TESTS=tests for all, DATES=+1d
	$(PY) -m tests.dates $(addprefix --on ,$(DATES)) -q -n auto --dist loadfile $(DATES_TESTS)

check: $(VENV)/.dev format lint types imports test  ## the one gate: the four below, all tests, and some on other days
	@if command -v faketime >/dev/null; then $(MAKE) test-dates DATES="$(FEW_DATES)"; \
		else echo "faketime is missing: no test is run on another day" >&2; fi

format: $(VENV)/.dev  ## is everything formatted
	$(PY) -m ruff format --check .

lint: $(VENV)/.dev  ## what ruff finds
	$(PY) -m ruff check .

types: $(VENV)/.dev  ## mypy --strict
	$(PY) -m mypy

imports: $(VENV)/.dev  ## which room may import which
	$(VENV)/bin/lint-imports

docs: $(VENV)/.run  ## writes the pages of docs/ that are made from the code
	$(PY) -m tools.written_pages

lexicon-check: $(VENV)/.run  ## conflicts in the lexicons
	$(PY) -m classify --check

mutants: $(VENV)/.dev  ## breaks the core on purpose: do the pure tests notice? MUTANTS="lifecycle --every 1" for all of a room
	nice -n 10 $(PY) -m tools.mutants $(MUTANTS)

chaos: $(VENV)/.dev  ## kills processes, primaries and calls on three real members, then counts what was promised
	$(PY) -m tests.chaos $(CHAOS)
	EXCHANGE_KILLS=$${EXCHANGE_KILLS:-20} $(PY) -m pytest --timeout=3600 -s tests/workers/test_exchange_killed.py

fuzz: $(VENV)/.dev  ## twenty thousand random updates, and every route and parser under random input
	FUZZ_UPDATES=$${FUZZ_UPDATES:-20000} $(PY) -m pytest --timeout=7200 -s tests/fuzz tests/citizen/test_any_update.py tests/department/api/test_api_contract.py

week: $(VENV)/.dev  ## a week of work in full: 500 cases, 12 people; every clock is counted anew and compared
	SIMULATED_CASES=$${SIMULATED_CASES:-500} $(PY) -m pytest --timeout=3600 -s tests/department/test_simulated_week.py

bench: $(VENV)/.dev  ## the figures of quality and speed
	$(PY) bench/classify_speed.py $(EVAL)
	$(PY) bench/classify_scores.py $(EVAL)
	$(PY) -m bench.generate_cases --rows 1000000 --jurisdiction qinghai --data-dir var/bench
	$(PY) -m bench.board --data-dir var/bench
	$(PY) -m bench.board_lists --data-dir var/bench
	$(PY) -m bench.board_warning
	$(PY) -m bench.contention
	$(PY) -m bench.load $(LOAD)
	$(PY) -m bench.table

intake: $(VENV)/.dev  ## the first 50 real messages through the chat end; prints where they landed
	$(PY) -m bench.chat_intake $(EVAL)/dev.jsonl --count 50

# The locks hold versions and hashes only.
lock:  ## writes requirements/*.lock anew; needs uv on the PATH
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra embedded -o requirements/run.lock
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -c requirements/run.lock -o requirements/image.lock
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra embedded --extra dev -c requirements/run.lock -o requirements/dev.lock

$(PY):
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
		|| { echo "需要 Python 3.11 或更新版本。 Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "请先安装 python3-venv。 Install python3-venv first: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements/run.lock | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/run.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

clean:  ## removes the environment and all caches
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache
