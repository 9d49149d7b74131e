"""Plans and tables, packed to be kept between two requests."""

import base64
import gzip
import json


def packed(value):
    return base64.b64encode(gzip.compress(json.dumps(value).encode(), 1))


def unpacked(content):
    return json.loads(gzip.decompress(base64.b64decode(content)))


def packed_parts(parts):
    """Return values packed so that each is read by itself."""
    whole = json.dumps([packed(part).decode() for part in parts])
    return base64.b64encode(whole.encode())


def parts_of(content):
    """Return what `packed_parts` packed, each of it for `unpacked`."""
    kept = base64.b64decode(content)
    if kept.startswith(b"["):
        return json.loads(kept)
    # of an import that an earlier version began, all in one
    head = unpacked(content)
    prospects = head.pop("prospects")
    head |= {"count": len(prospects), "size": max(1, len(prospects))}
    return [packed(head), packed(prospects)]
