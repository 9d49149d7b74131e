"""What was made of the catalog is kept by its version."""

from functools import wraps

from odoo.tools.lru import LRU

# What was made of the last few versions of the catalogs, of all databases of this
# process: the catalog of each, and what an applier makes of it. Two versions at a time
# are in use while a catalog changes: by those who started before and by those who start
# after. Each may hold some 20 MB of remembered combinations.
_KEPT = LRU(32)


def kept_by_version(method):
    """Keep what a method makes of a version of the catalog.

    By version, not by process: one that is not committed yet, or that an older
    snapshot still sees, is not mistaken for another.  So nothing has to be forgotten
    when the catalog changes, least of all what Odoo itself keeps.

    :param method: of a model, called with the version alone
    """

    @wraps(method)
    def kept(self, version):
        key = self.env.cr.dbname, method.__module__, method.__qualname__, version
        try:
            return _KEPT[key]
        except KeyError:
            value = _KEPT[key] = method(self, version)
            return value

    return kept
