# Two commands are all a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: run demo test check format lint types imports lexicon-check chaos fuzz week bench intake lock clean

# Where the labelled messages for measuring lie; they are not part of the project.
EVAL ?= ../shared/eval
export SHOUXIN_EVAL := $(EVAL)

run: $(VENV)/.run
	@exec $(PY) -m bot run

demo: $(VENV)/.run
	@exec $(PY) -m bot demo

test: $(VENV)/.dev
	$(PY) -m pytest -n 2 --dist loadfile $(TESTS)

check: $(VENV)/.dev format lint types imports test

format: $(VENV)/.dev
	$(PY) -m ruff format --check .

lint: $(VENV)/.dev
	$(PY) -m ruff check .

types: $(VENV)/.dev
	$(PY) -m mypy

imports: $(VENV)/.dev
	$(VENV)/bin/lint-imports

lexicon-check: $(VENV)/.run
	$(PY) -m classify --check

# Kills processes, primaries and calls on a real three-member replica set, then counts what was promised.
chaos: $(VENV)/.dev
	$(PY) -m tests.chaos $(CHAOS)

# Twenty thousand random updates, and every route and parser under random input.
fuzz: $(VENV)/.dev
	FUZZ_UPDATES=$${FUZZ_UPDATES:-20000} $(PY) -m pytest --timeout=7200 -s tests/fuzz tests/citizen/test_any_update.py tests/department/test_api_contract.py

# A week of work in full: 500 cases, 12 people, time travel; then every clock is counted anew and compared.
week: $(VENV)/.dev
	SIMULATED_CASES=$${SIMULATED_CASES:-500} $(PY) -m pytest --timeout=3600 -s tests/department/test_simulated_week.py

bench: $(VENV)/.dev
	$(PY) bench/classify_speed.py $(EVAL)
	$(PY) bench/classify_scores.py $(EVAL)
	$(PY) -m bench.generate_cases --rows 1000000 --jurisdiction qinghai --data-dir var/bench
	$(PY) -m bench.board --data-dir var/bench
	$(PY) -m bench.board_lists --data-dir var/bench
	$(PY) -m bench.board_warning
	$(PY) -m bench.contention
	$(PY) -m bench.load $(LOAD)

# The first 50 real messages through the chat end; prints where they landed.
intake: $(VENV)/.dev
	$(PY) -m bench.chat_intake $(EVAL)/dev.jsonl --count 50

# The locks hold versions and hashes only; `make lock` needs uv on the PATH.
lock:
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra embedded -o requirements/run.lock
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

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache
