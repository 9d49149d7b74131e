# Developing and trying the addon. `make help` lists the commands.
#
#   PORT=8069           port of `make run`                DB=crm_profiling   its database
#   ODOO_PATH=folder    an Odoo 19.0 source tree to use instead of the downloaded one
#   PGHOST PGPORT PGUSER PGPASSWORD                       your own PostgreSQL server instead of the embedded one

PY := .venv/bin/python
ADDONS := $(patsubst %/__manifest__.py,%,$(wildcard */__manifest__.py))
export PORT DB ODOO_PATH PYTHON STEP TAGS JOBS
export MINUTES SEED FUZZ_SHRINK FAULTS FILES AIM FROM VIEWS ONLY LINES
MAKEFLAGS += --no-print-directory

.PHONY: help run update test check upgrade mutants fuzz bench bench-data bench-import bench-interview bench-call bench-targets odoo shell psql lint ruff pylint node-lint readme format pictures pot clean setup
.DEFAULT_GOAL := help

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## Odoo with the addon and demo data, served on http://127.0.0.1:8069 (admin / admin); Ctrl-C stops it
	@exec $(PY) scripts/run.py

update: setup ## Update the addon in the database of `make run`
	@exec $(PY) scripts/run.py --update

test: setup ## All checks and tests; some: STEP="suite browser code lint cycle beside companions upgrade faults"; one test: TAGS=/crm_profiling:TestClass.test_name
	@scripts/get-chromium.sh
	@exec $(PY) scripts/test.py

check: setup ## What to run before each commit: the linters, and the addon's tests without a browser
	@STEP="code suite" exec $(PY) scripts/test.py

upgrade: setup ## Update a database of the last version to this one, and compare: FROM=commit, VIEWS=same
	@STEP=upgrade exec $(PY) scripts/test.py

mutants: setup ## Plant slips in the plain Python files and see whether tests notice: FILES="chooser names"
	@exec $(PY) scripts/mutants.py

fuzz: setup ## Random histories against brute force, then hostile calls, each for MINUTES=10; SEED=number of the first, FUZZ_SHRINK=1 for the shortest
	@STEP=fuzz exec $(PY) scripts/test.py

bench: setup ## Measure the engine beside its floors and its peers: SIZES="10000 100000" SCHEMAS="q6 q30" PROFILES="10 100"
	@exec $(PY) scripts/dev.py --exec $(PY) scripts/bench/main.py

bench-data: setup ## Put what `make bench` generates into the database of `make run`: SIZES=100000 SCHEMAS=q6 PROFILES=100
	@exec $(PY) scripts/dev.py --exec $(PY) scripts/bench/main.py --load

odoo: setup ## Odoo with any arguments on that database: make odoo ARGS="-u crm_profiling --stop-after-init"
	@exec $(PY) scripts/dev.py $(ARGS)

shell: setup ## A Python shell with Odoo's environment on that database
	@exec $(PY) scripts/dev.py shell

psql: setup ## A database shell on that database
	@exec $(PY) scripts/dev.py --exec psql -d "$${DB:-crm_profiling}"

bench-import: setup ## Measure the import of prospects beside Odoo's own: SIZES="10000"
	@DB=crm_profiling-bench-import $(PY) scripts/dev.py -i crm_profiling -u crm_profiling --stop-after-init --no-http --log-level=warn
	@DB=crm_profiling-bench-import exec $(PY) scripts/dev.py shell --log-level=error < scripts/bench_import.py

bench-interview: setup ## Count the questions of an interview beside other ways to ask
	@exec $(PY) scripts/bench_interview.py

bench-call: setup ## Measure an interview in the browser, requests delayed by LATENCY=200 ms; FORMS=100, SIZES="6x4 100x300"
	@scripts/get-chromium.sh
	@exec $(PY) scripts/bench_call.py

lint: setup ## Check the code: ruff, pylint-odoo, and with node prettier and eslint
	@$(MAKE) -k ruff pylint node-lint readme

ruff:
	$(PY) -m ruff check $(ADDONS) scripts && $(PY) -m ruff format --check $(ADDONS) scripts

pylint:
	$(PY) -m pylint --rcfile=.pylintrc-mandatory $(ADDONS)

node-lint:
	@scripts/with-node.sh 'npx prettier --check --log-level warn . && npx eslint .'

readme:
	$(PY) scripts/readme.py --check

format: setup ## Lay the code out as `make lint` wants it
	$(PY) -m ruff check --fix $(ADDONS) scripts
	$(PY) -m ruff format $(ADDONS) scripts
	$(PY) scripts/readme.py
	$(PY) scripts/rooms.py
	@scripts/with-node.sh 'npx prettier --write --log-level warn . && npx eslint --fix .'

bench-targets: setup ## Measure the sales targets on invoice lines: LINES=1000000
	@DB=crm_profiling-bench-targets $(PY) scripts/dev.py -i report_invoice_salesman -u report_invoice_salesman --stop-after-init --no-http --log-level=warn
	@DB=crm_profiling-bench-targets exec $(PY) scripts/dev.py shell --log-level=error < scripts/bench_targets.py

pictures: setup ## Take all pictures anew, from the demo data: ONLY="contact why" takes some; look at each afterwards
	@scripts/get-chromium.sh
	@exec $(PY) scripts/pictures.py

pot: setup ## Export the texts to translate, and merge them into the translations
	@exec $(PY) scripts/pot.py

clean: ## Remove all that `make` brought or wrote: Odoo, Python and node packages, databases
	@scripts/clean.sh

setup:
	@scripts/setup.sh
