{
    "name": "CRM Profiling: Invoices",
    "summary": "Turnover, as profiles and sales targets count it",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Profiling contributors",
    "license": "AGPL-3",
    "depends": ["crm_profiling", "account"],
    "auto_install": True,
}
