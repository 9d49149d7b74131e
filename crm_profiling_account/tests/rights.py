"""What the matrix of rights of crm_profiling has to know of this addon."""

LINES = {}

NOBODYS = {
    "crm.profiling.invoiced": "Read by administrators of the system: it holds numbers"
    " of customers until the job has looked at them.",
}
