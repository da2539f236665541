"""The allocation as the browser reads it."""

from __future__ import annotations

import json
from typing import Any

from guide.model.allocation import NAMES, Allocation
from guide.model.catalogue import Catalogue


def allocation_json(allocation: Allocation, catalogue: Catalogue) -> str:
    """Return what the browser reads as `data/allocation.json`: the file, the pots of the rounds, the closed lists."""
    return json.dumps(allocation_data(allocation, catalogue), ensure_ascii=False, separators=(",", ":"))


def allocation_data(allocation: Allocation, catalogue: Catalogue) -> dict[str, Any]:
    """Return the allocation as JSON values. `null` is never written: what is absent is left out."""
    data = allocation.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {
        "version": 1,
        "reviewed": data.pop("reviewed"),
        "sources": data.pop("sources"),
        "pots": {facts.id: facts.allocation for facts in catalogue.rounds},
        "names": {key: dict(names) for key, names in NAMES.items()},
        **data,
    }


def postings_json(catalogue: Catalogue) -> str:
    """Return what the browser reads as `data/postings.json`: the rules that read a job posting."""
    rules = [rule.model_dump(mode="json", exclude_none=True) for rule in catalogue.postings]
    return json.dumps(rules, ensure_ascii=False, separators=(",", ":"))
