{
    "name": "CRM Profiling",
    "summary": "Ask a few questions, know the profile, propose the right thing",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Profiling contributors",
    "license": "AGPL-3",
    "depends": ["crm", "base_import", "web_hierarchy"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_profiling_security.xml",
        "security/crm_profiling_import_security.xml",
        "data/ir_config_parameter_data.xml",
        "data/ir_cron_data.xml",
        "views/crm_profiling_question_views.xml",
        "views/crm_profiling_answer_views.xml",
        "views/crm_profiling_questionnaire_views.xml",
        "views/crm_profiling_response_views.xml",
        "views/crm_profiling_membership_views.xml",
        "views/crm_profiling_profile_views.xml",
        "views/crm_profiling_interview_views.xml",
        "views/crm_profiling_queue_views.xml",
        "views/crm_lead_views.xml",
        "views/res_partner_views.xml",
        "views/res_partner_by_category_views.xml",
        "views/res_partner_interview_views.xml",
        "wizard/crm_profiling_finding_views.xml",
        "views/crm_profiling_report_views.xml",
        "views/crm_profiling_menus.xml",
    ],
    "demo": [
        "demo/crm_profiling_question_demo.xml",
        "demo/crm_profiling_profile_demo.xml",
        "demo/res.partner.csv",
        "demo/crm_profiling_response_demo.xml",
        "demo/res_partner_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_profiling/static/src/**/*",
            ("remove", "crm_profiling/static/src/views/contacts_report/**/*"),
        ],
        # where Odoo keeps its pivots and graphs
        "web.assets_backend_lazy": [
            "crm_profiling/static/src/views/contacts_report/**/*",
        ],
        "web.assets_tests": [
            "crm_profiling/static/tests/tours/*.js",
        ],
        "web.assets_unit_tests": [
            "crm_profiling/static/tests/**/*.test.js",
        ],
    },
}
