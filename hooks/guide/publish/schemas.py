"""JSON Schemas of what authors write, generated from the models, for editors that complete and check YAML.

`python -m guide schemas DIR` writes one file a kind: `chapter.json`, `round.json`, `case.json`, `exercise.json`,
`notebook.json` and `page.json` for front matter, `question.json` for the options of a question, and `resources.json`,
`glossary.json`, `rounds.json`, `postings.json`, `choices.json`, `mutants.json`, `allocation.json` for data files. They
are derived, so they are not committed; the site publishes them in data/schemas/.

An editor with the YAML language server picks a schema up in one of two ways: by a first line in a data file,
`# yaml-language-server: $schema=<path to the file>`, or by its setting `yaml.schemas`, which maps a schema to a
pattern of paths, as in `{"schemas/resources.json": "docs/resources/*.yml"}`. For front matter, editors with an
extension for YAML embedded in Markdown take the same setting with `docs/topics/**/*.md`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from guide.model.allocation import Allocation
from guide.model.catalogue import GlossaryTerm, QuestionBank, Resource, RoundFacts
from guide.model.choice import Choice
from guide.model.exercises import Equivalent, Mutant
from guide.model.matter import MATTER, QuestionMatter
from guide.model.posting import PostingRule
from guide.model.types import Noun

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by its name."""
    single: dict[str, type[Noun]] = {**dict(MATTER.items()), "question": QuestionMatter, "allocation": Allocation}
    lists: dict[str, type[Noun]] = {
        "resources": Resource,
        "glossary": GlossaryTerm,
        "banks": QuestionBank,
        "rounds": RoundFacts,
        "postings": PostingRule,
        "choices": Choice,
    }
    made: dict[str, dict[str, Any]] = {
        name: {"$schema": _DIALECT, **model.model_json_schema()} for name, model in single.items()
    }
    for name, model in lists.items():
        entry = model.model_json_schema()
        definitions = entry.pop("$defs", {})
        made[name] = {"$schema": _DIALECT, "title": name, "type": "array", "items": entry, "$defs": definitions}
    # A planted bug, or a slip that no check can notice.
    both = TypeAdapter(list[Mutant | Equivalent]).json_schema()
    made["mutants"] = {"$schema": _DIALECT, **both, "title": "mutants"}
    return made


@cache
def published() -> dict[str, str]:
    """Return every schema as text, by the name of its file."""
    return {f"{name}.json": json.dumps(made, indent=2, ensure_ascii=False) + "\n" for name, made in schemas().items()}
