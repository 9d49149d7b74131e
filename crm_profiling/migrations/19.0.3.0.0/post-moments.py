"""Nothing was said in the future: such a moment would outdo all that is said later."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """UPDATE crm_profiling_response
              SET date = date_trunc('second', now() AT TIME ZONE 'UTC')
            WHERE date > now() AT TIME ZONE 'UTC'"""
    )
