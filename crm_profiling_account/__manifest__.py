{
    "name": "CRM Profiling: Invoices",
    "summary": "Turnover and purchases as answers, for profiles and sales targets",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Profiling contributors",
    "license": "AGPL-3",
    "depends": ["crm_profiling", "account"],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/crm_profiling_question_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["crm_profiling_account/static/tests/tours/*.js"],
    },
    "auto_install": True,
}
