"""The twists of all cases as data/twists.json, for mock interviews: a case each, a pair each, as plain text.

They stand in the pages of the cases (guide.check.twists) and are fetched only for an interview about a case. A file of
its own, since a page is many times as large, and the catalogue is read by everybody.
"""

from __future__ import annotations

import json
from typing import Final

from guide.check.twists import twists_of
from guide.model.catalogue import Catalogue
from guide.publish.search import plain

PATH: Final = "data/twists.json"


def twists_json(catalogue: Catalogue) -> str:
    """Return data/twists.json: by the id of the case, what is said and what a strong answer says."""
    found = {page.id: [[plain(one.said), plain(one.answer)] for one in twists_of(page)] for page in catalogue.cases}
    data = {case: twists for case, twists in found.items() if twists}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
