# Two commands are all a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: run demo test check format lint types imports bench lock clean

run: $(VENV)/.run
	@exec $(PY) -m bot run

demo: $(VENV)/.run
	@exec $(PY) -m bot demo

test: $(VENV)/.dev
	$(PY) -m pytest $(TESTS)

check: $(VENV)/.dev format lint types imports test

format: $(VENV)/.dev
	$(PY) -m ruff format --check .

lint: $(VENV)/.dev
	$(PY) -m ruff check .

types: $(VENV)/.dev
	$(PY) -m mypy

imports: $(VENV)/.dev
	$(VENV)/bin/lint-imports

# The locks hold versions and hashes only; `make lock` needs uv on the PATH.
lock:
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra embedded -o requirements/run.lock
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra embedded --extra dev -c requirements/run.lock -o requirements/dev.lock

$(PY):
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.lock | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/run.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache
