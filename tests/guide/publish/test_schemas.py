"""The schemas for editors say what `check` says: every page of the guide fits, and what is wrong does not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from guide.publish.schemas import schemas
from guide.read.load import load
from guide.read.yaml import read_yaml
from jsonschema import Draft202012Validator, FormatChecker

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = schemas()
CHECKERS = {name: Draft202012Validator(schema, format_checker=FormatChecker()) for name, schema in SCHEMAS.items()}
CATALOGUE, _ = load(ROOT)


def errors(name: str, value: Any) -> list[str]:
    """Return what an editor would underline. JSON has no dates; an editor reads them as text."""
    return [error.message for error in CHECKERS[name].iter_errors(json.loads(json.dumps(value, default=str)))]


def matter(path: str) -> Any:
    text = (ROOT / path).read_text("utf-8")
    if path.endswith(".ipynb"):
        return json.loads(text)["metadata"]["guide"]
    return read_yaml(text.split("---\n")[1]).value


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_every_page_and_question_of_the_guide_fits_its_schema() -> None:
    wrong = [(page.path, errors(page.kind, matter(page.path))) for page in CATALOGUE.pages]
    for page in CATALOGUE.pages:
        questions = [block for block in page.body.all_blocks() if block.name == "question"]
        wrong += [(page.path, errors("question", read_yaml(block.options).value)) for block in questions]
    assert [one for one in wrong if one[1]] == []


def test_every_data_file_of_the_guide_fits_its_schema() -> None:
    files = {
        "glossary": ["docs/glossary.yml"],
        "choices": [f"docs/{src}" for src in CATALOGUE.files if src.startswith("practice/choices/")],
        "rounds": ["docs/rounds/rounds.yml"],
        "allocation": ["docs/plan/allocation.yml"],
        "resources": [f"docs/{src}" for src in CATALOGUE.files if re.fullmatch(r"resources/\w[^/]*\.yml", src)],
        "mutants": [f"{exercise.folder}/mutants.yml" for exercise in CATALOGUE.exercises],
    }
    for name, paths in files.items():
        for path in paths:
            assert errors(name, read_yaml((ROOT / path).read_text("utf-8")).value) == [], path


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unknown", 1),
        ("level", "junior"),
        ("minutes", 0),
        ("minutes", "20"),
        ("rounds", []),
        ("rounds", ["coding", "coding"]),
        ("rounds", "coding"),
        ("summary", "No period"),
        ("summary", "x" * 200 + "."),
        ("title", "<b>Bold"),
        ("reviewed", "yesterday"),
        ("prerequisites", ["topics/A b"]),
        ("title", None),
    ],
)
def test_what_check_refuses_is_refused_by_the_schema(key: str, value: Any) -> None:
    sound = matter(CATALOGUE.chapters[0].path)
    assert errors("chapter", sound) == []
    assert errors("chapter", sound | {key: value}) != []
