PY := .venv/bin/python
export PORT DB ODOO_PATH PYTHON TAGS STEP

.PHONY: setup odoo shell
setup:
	@[ -n "$$ODOO_PATH" ] || scripts/get-odoo.sh
	@scripts/get-venv.sh

odoo: setup ## Odoo with any arguments on the development database: make odoo ARGS="-u crm_profiling --stop-after-init"
	@$(PY) scripts/dev.py $(ARGS)

shell: setup ## an Odoo shell on the development database
	@$(PY) scripts/dev.py shell
