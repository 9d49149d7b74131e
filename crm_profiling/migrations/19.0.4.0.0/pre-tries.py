def migrate(cr, version):
    """Keep how often prospects of call lists were tried.

    What is counted from calls is computed of all places in lists at once where one of
    its columns is new, and nothing is known of the calls of before.
    """
    cr.execute(
        "ALTER TABLE crm_profiling_queue_line"
        " ADD COLUMN IF NOT EXISTS last_outcome VARCHAR"
    )
