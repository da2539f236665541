"""The built site that the tests judge: where it lies, and the address that it was built for.

`make test` builds it before it runs the tests; GUIDE_SITE names another folder to judge.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
SITE = Path(os.environ.get("GUIDE_SITE", ROOT / "site"))


@cache
def address() -> str:
    """Return the address that the site was built for, which ends with a slash."""
    first = re.search(r"<loc>(.*?)</loc>", (SITE / "sitemap.xml").read_text("utf-8"))
    assert first is not None, "the map of the site names no page"
    return first[1]


def base() -> str:
    """Return the path below which the site is published: `/` for a domain of its own, `/a-name/` for a project."""
    return urlsplit(address()).path
