"""Which addons are here, and where what is brought and written lies."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data"
ADDON = "crm_profiling"
# Addons beside it, in the order of their names: what one depends on comes before it
COMPANIONS = sorted(
    path.parent.name
    for path in ROOT.glob("*/__manifest__.py")
    if path.parent.name != ADDON
)
LOGS = DATA / "logs"
