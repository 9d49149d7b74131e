{
    "name": "CRM Profiling: Mailings",
    "summary": "Create a mailing for the contacts of a profile",
    "version": "19.0.1.0.0",
    "category": "Marketing/Email Marketing",
    "author": "CRM Profiling contributors",
    "license": "AGPL-3",
    "depends": ["crm_profiling", "mass_mailing"],
    "data": [
        "views/crm_profiling_profile_views.xml",
        "views/res_partner_category_views.xml",
        "views/res_partner_views.xml",
    ],
    "auto_install": True,
}
