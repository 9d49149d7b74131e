"""Whether the addons here changed since a database was made of them: their hash."""

import hashlib

from project import ROOT

# Parts of an addon that leave no trace in a database
NOT_INSTALLED = {"tests", "readme", "src"}


def addon_hash(counts=lambda path: True):
    """One value for all files of the addons here: another means that they changed.

    :param counts: whether a file does, by its path within its addon
    """
    digest = hashlib.sha256()
    for manifest in sorted(ROOT.glob("*/__manifest__.py")):
        folder = manifest.parent
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".pyc" or not counts(path.relative_to(folder)):
                continue
            if path.is_file():
                digest.update(f"{path.relative_to(ROOT)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def installed_hash():
    """One value for what of the addons here a database may hold after installing."""

    def is_installed(path):
        return NOT_INSTALLED.isdisjoint(path.parts[:2])

    return addon_hash(is_installed)
