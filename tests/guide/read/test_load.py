"""Loading: what becomes of each kind of file, and that no file, however broken, ends it with a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import yaml
from guide.check.rules import check
from guide.model.catalogue import Case, Chapter, Exercise, Notebook, Page, RoundChapter
from guide.read.disk import LIMITS
from guide.read.load import load
from guide.read.pages import follow_ups, page_id, page_kind, page_url
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.guide.sitekit import (
    CASE_PATH,
    CHAPTER_PATH,
    EXERCISE,
    NOTEBOOK_PATH,
    OTHER_PATH,
    ROUND_PATH,
    SITE,
    Content,
    case,
    chapter,
    line_of,
    make_site,
    notebook,
    page,
    problems_of,
    read,
)


def test_every_kind_of_file_becomes_its_noun(tmp_path: Path) -> None:
    catalogue, problems = load(make_site(tmp_path, SITE))
    assert problems == []
    assert [(type(found), found.id) for found in catalogue.pages] == [
        (Page, "index"),
        (Notebook, "notebooks/one-question"),
        (Exercise, "practice/coding/twice"),
        (RoundChapter, "rounds/ml-breadth"),
        (Case, "system-design/cases/ranking"),
        (Chapter, "topics/statistics/power"),
        (Chapter, "topics/statistics/tests"),
    ]
    assert [facts.id for facts in catalogue.rounds][:2] == ["recruiter-screen", "phone-screen"]
    assert [resource.id for resource in catalogue.resources] == ["a-book"]
    assert [term.term for term in catalogue.glossary] == ["Precision", "Recall"]


@pytest.mark.parametrize(
    ("path", "identifier", "kind", "url"),
    [
        ("docs/index.md", "index", "page", ""),
        ("docs/topics/index.md", "topics", "page", "topics/"),
        ("docs/topics/vision/index.md", "topics/vision", "page", "topics/vision/"),
        ("docs/topics/vision/cnn.md", "topics/vision/cnn", "chapter", "topics/vision/cnn/"),
        ("docs/topics/vision/cnn/index.md", "topics/vision/cnn", "chapter", "topics/vision/cnn/"),
        ("docs/rounds/index.md", "rounds", "page", "rounds/"),
        ("docs/rounds/coding.md", "rounds/coding", "round", "rounds/coding/"),
        ("docs/rounds/roles/index.md", "rounds/roles", "page", "rounds/roles/"),
        ("docs/rounds/roles/levels.md", "rounds/roles/levels", "page", "rounds/roles/levels/"),
        ("docs/system-design/index.md", "system-design", "page", "system-design/"),
        ("docs/system-design/cases/index.md", "system-design/cases", "page", "system-design/cases/"),
        ("docs/system-design/sheets/ml.md", "system-design/sheets/ml", "page", "system-design/sheets/ml/"),
        ("docs/system-design/metrics.md", "system-design/metrics", "chapter", "system-design/metrics/"),
        ("docs/system-design/cases/ads.md", "system-design/cases/ads", "case", "system-design/cases/ads/"),
        ("docs/practice/coding/pca/index.md", "practice/coding/pca", "exercise", "practice/coding/pca/"),
        ("docs/practice/coding/index.md", "practice/coding", "page", "practice/coding/"),
        ("notebooks/ridge.ipynb", "notebooks/ridge", "notebook", "notebooks/ridge/"),
    ],
)
def test_id_kind_and_address_follow_from_the_path(path: str, identifier: str, kind: str, url: str) -> None:
    assert (page_id(path), page_kind(path), page_url(page_id(path))) == (identifier, kind, url)


def test_a_chapter_holds_what_was_written(tmp_path: Path) -> None:
    catalogue, _ = load(make_site(tmp_path, SITE | {CHAPTER_PATH: chapter(uses="[topics/statistics/power]")}))
    found = catalogue.page("topics/statistics/tests")
    assert isinstance(found, Chapter)
    assert (found.area, found.level, found.rounds, found.uses) == (
        "statistics",
        "entry",
        ("ml-breadth",),
        ("topics/statistics/power",),
    )
    assert len(found.mistakes) == len(found.whys) == 3
    assert found.line_of("level") == 5


def test_a_question_holds_its_parts(tmp_path: Path) -> None:
    catalogue, _ = load(make_site(tmp_path, SITE))
    found = next(each for each in catalogue.questions if each.id == "topics/statistics/tests#computed")
    assert (found.kind, found.phrasing, found.short) == ("compute", "direct", "A short answer to computed.\n")
    assert found.computed is not None
    assert "print(1 + 1)" in found.computed
    assert follow_ups(found) == ["And then? — Then this."]
    text = SITE[CHAPTER_PATH]
    assert isinstance(text, str)
    assert found.lines["short"] == line_of(text, "A short answer to computed.")


def test_an_exercise_holds_its_files(tmp_path: Path) -> None:
    catalogue, _ = load(make_site(tmp_path, SITE | {f"{EXERCISE}/broken.py": "x = 1\n"}))
    (found,) = catalogue.exercises
    assert found.broken == "x = 1\n"
    assert found.checks[0].symptom == "The result of twice for 1 is wrong."
    assert (found.mutants[1].name, found.mutants[1].with_, found.mutants[1].line) == ("bug 1", "x * x", 5)
    assert len(found.hints) == 3


def test_an_alias_finds_the_page(tmp_path: Path) -> None:
    text = chapter(aliases="[topics/statistics/old]")
    catalogue, _ = load(make_site(tmp_path, SITE | {CHAPTER_PATH: text}))
    found = catalogue.page("topics/statistics/old")
    assert found is not None
    assert found.id == "topics/statistics/tests"


def test_a_page_with_a_mistake_keeps_what_was_right(tmp_path: Path) -> None:
    catalogue, problems = load(make_site(tmp_path, SITE | {CHAPTER_PATH: chapter(level="expert", importance="common")}))
    found = catalogue.page("topics/statistics/tests")
    assert len(problems) == 1
    assert found is not None
    assert (found.level, found.importance, found.tracks) == (None, "common", ("general",))


@pytest.mark.parametrize("change", ["\ufeff{}", "{crlf}"])
def test_marks_of_other_systems_are_no_problem(tmp_path: Path, change: str) -> None:
    text = chapter()
    changed = text.replace("\n", "\r\n") if change == "{crlf}" else "\ufeff" + text
    assert problems_of(tmp_path, SITE | {CHAPTER_PATH: changed.encode()}) == []


def test_line_numbers_are_right_with_windows_line_ends(tmp_path: Path) -> None:
    text = chapter(level="expert").replace("\n", "\r\n")
    (found,) = problems_of(tmp_path, SITE | {CHAPTER_PATH: text.encode()})
    assert found.line == 5


ROUNDS_FILE = "docs/rounds/rounds.yml"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
HUGE_INTEGER = "minutes: " + "9" * 5000
HOSTILE: dict[str, tuple[Content, int, str]] = {
    "empty": ("", 1, "the file is empty"),
    "blank": ("\n \n\n", 1, "the file is empty"),
    "no front matter": ("# A page\n", 1, "has no front matter"),
    "front matter not closed": ("---\ntitle: A\n", 1, "front matter is not closed"),
    "front matter is a list": ("---\n- a\n- b\n---\n", 2, "not a list of `key: value` lines"),
    "front matter is a word": ("---\nabc\n---\n", 2, "not a list of `key: value` lines"),
    "numbers as keys": ("---\n1: a\n---\n", 2, "not a list of `key: value` lines"),
    "wrong YAML": ("---\ntitle: [a\nlevel: x\n---\n", 3, "the YAML cannot be read"),
    "quote not closed": ('---\ntitle: "a\nlevel: x\n---\n', 2, "the YAML cannot be read"),
    "colon in a value": ("---\ntitle: a: b\n---\n", 2, "a colon in this value confuses YAML"),
    "tab": ("---\ntitle: a\n\tlevel: b\n---\n", 3, "YAML does not allow tabs"),
    "repeated key": ("---\ntitle: a\nlevel: mid\ntitle: b\n---\n", 4, "the key `title` is written twice"),
    "bomb": (f"---\n{BOMB}---\n", 2, "an anchor and an alias"),
    "tag": ("---\ntitle: !!python/object/apply:os.system [ls]\n---\n", 2, "YAML tags"),
    "unknown alias": ("---\ntitle: *nothing\n---\n", 2, "an anchor or an alias"),
    "complex key": ("---\n? [a, b]\n: c\n---\n", 2, "a key must be a plain word"),
    "nested": (f"---\ntitle: {'[' * 100}{']' * 100}\n---\n", 2, "nested too deeply"),
    "nested far": (f"---\ntitle: {'[' * 50_000}\n---\n", 2, ""),
    "impossible date": ("---\ntitle: a\nreviewed: 2026-13-45\n---\n", 3, "a value cannot be read"),
    "huge integer": (f"---\n{HUGE_INTEGER}\n---\n", 2, "cannot be read"),
    "Latin-1": (chapter(title="Caf\u00e9").encode("latin-1", "replace"), 2, "not UTF-8 text (byte 0xe9)"),
    "UTF-16": (chapter().encode("utf-16"), 1, "not UTF-8 text but UTF-16"),
    "zero byte": (chapter().replace("Some text.", "Some \x00 text.", 1), 15, "a control character (0x00)"),
    "escape": (chapter(title="A \x1b[31m"), 2, "a control character (0x1b)"),
    "five megabytes": (chapter() + "word " * 1_000_000, 1, "5,00"),
    "one long line": (chapter() + "<b" * 150_000, 1, ""),
    "unclosed block": (case() + "\n//// question | Q?\n", 1, ""),
    "binary": (bytes(range(256)) * 40, 1, ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_page_is_told_with_its_line_and_ends_nothing(tmp_path: Path, name: str) -> None:
    content, line, message = HOSTILE[name]
    path = "docs/topics/vision/broken.md"
    found = [problem for problem in problems_of(tmp_path, SITE | {path: content}) if problem.path == path]
    assert found
    assert all(problem.fix for problem in found)
    if message:
        assert [problem.line for problem in found if message in problem.message][:1] == [line], [str(p) for p in found]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("path", [NOTEBOOK_PATH, "docs/glossary.yml", "docs/resources/books.yml", ROUNDS_FILE])
def test_broken_text_in_other_files_is_told(tmp_path: Path, path: str, name: str) -> None:
    found = problems_of(tmp_path, SITE | {path: HOSTILE[name][0]})
    # In YAML these are no entries, or none but a comment.
    if path.endswith(".ipynb") or name not in ("empty", "blank", "no front matter"):
        assert path in {problem.path for problem in found}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("file", ["solution.py", "checks.py", "mutants.yml", "broken.py"])
def test_broken_files_of_an_exercise_are_told(tmp_path: Path, file: str, name: str) -> None:
    found = problems_of(tmp_path, SITE | {f"{EXERCISE}/{file}": HOSTILE[name][0]})
    assert any(problem.path.startswith(EXERCISE) for problem in found)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{", 1, "not valid JSON"),
        ('{\n "cells": [,]\n}', 2, "not valid JSON"),
        ("[]", 1, "not a notebook of format 4"),
        ('{"cells": {}, "metadata": {}}', 1, "not a notebook of format 4"),
        ('{"nbformat": 4, "cells": [1, {"cell_type": "heading"}], "metadata": {}}', 1, "cell 1 is not a cell"),
        ('{"nbformat": 4, "cells": [],\n "metadata": {}}', 2, "no `metadata.guide`"),
        ('{"nbformat": 4, "cells": [],\n "metadata": {\n"guide": {"level": 7}}}', 3, "`level` may not be `7`"),
        # How deep Python reads before it gives up depends on its version and its stack.
        ("[" * 100_000, 1, "not"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": 3}], "metadata": {}}', 1, "is not a cell"),
    ],
)
def test_a_broken_notebook_is_told(tmp_path: Path, text: str, line: int, message: str) -> None:
    found = problems_of(tmp_path, {NOTEBOOK_PATH: text})
    assert [problem.line for problem in found if message in problem.message][:1] == [line], [str(p) for p in found]


def test_half_a_character_in_a_notebook_is_told_with_its_line(tmp_path: Path) -> None:
    text = SITE[NOTEBOOK_PATH]
    assert isinstance(text, str)
    half = text.replace("total = 1", "total = '\\udc00' and 1")
    (found,) = [p for p in problems_of(tmp_path, SITE | {NOTEBOOK_PATH: half}) if p.path == NOTEBOOK_PATH]
    assert (found.line, found.message) == (line_of(half, "udc00"), "there is half of a character (`\\udc00`)")
    whole = text.replace("total = 1", "total = '\\ud83d\\ude00' and 1")
    assert problems_of(tmp_path, SITE | {NOTEBOOK_PATH: whole}) == []


def test_a_notebook_with_outputs_is_told_at_its_cell(tmp_path: Path) -> None:
    text = notebook().replace('"outputs": []', '"outputs": [{"output_type": "stream", "name": "stdout", "text": "2"}]')
    (found,) = problems_of(tmp_path, SITE | {NOTEBOOK_PATH: text})
    assert (found.line, found.message) == (line_of(text, '"cell_type"', 2), "the cell was committed with its output")


def test_a_folder_with_the_name_of_a_page_is_told(tmp_path: Path) -> None:
    make_site(tmp_path, SITE)
    (tmp_path / "docs/topics/vision/x.md").mkdir(parents=True)
    assert [str(problem) for problem in load(tmp_path)[1]] == [
        "docs/topics/vision/x.md:1: this is a folder with the name of a file. Rename the folder."
    ]


def test_symbolic_links_are_told_and_not_followed(tmp_path: Path) -> None:
    make_site(tmp_path, SITE)
    (tmp_path / "docs/topics/loop").symlink_to(tmp_path / "docs", target_is_directory=True)
    (tmp_path / "docs/self").symlink_to(tmp_path / "docs/self")
    (tmp_path / "docs/secret.md").symlink_to("/etc/hostname")
    catalogue, problems = load(tmp_path)
    assert [problem.path for problem in problems] == ["docs/secret.md", "docs/self", "docs/topics/loop"]
    assert catalogue.page("secret") is None


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_named_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    make_site(tmp_path, SITE)
    os.mkfifo(tmp_path / "docs/pipe.md")
    assert [problem.message for problem in load(tmp_path)[1]] == ["this is not a regular file"]


@pytest.mark.parametrize("name", ["with space.md", "ü.md", "a\nb.md", "a;b.md", "Ärger?.png"])
def test_names_that_make_no_address_are_told(tmp_path: Path, name: str) -> None:
    (found,) = problems_of(tmp_path, SITE | {f"docs/topics/vision/{name}": chapter()})
    assert "cannot be part of an address" in found.message
    assert "\n" not in str(found)


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    make_site(tmp_path, SITE)
    try:
        (tmp_path / "docs" / os.fsdecode(b"caf\xe9.md")).write_text("x")
    except OSError:
        pytest.skip("the file system takes no such names")
    (found,) = load(tmp_path)[1]
    str(found).encode()


def test_a_page_name_that_is_not_kebab_case_is_told(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, SITE | {"docs/topics/vision/Image_Nets.md": chapter()})
    assert (found.path, found.fix) == ("docs/topics/vision/Image_Nets.md", "Rename it to `image-nets`")


def test_a_chapter_outside_the_areas_is_told(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, SITE | {"docs/topics/astrology/stars.md": chapter()})
    assert found.message == "there is no area `astrology`"


def test_an_exercise_that_is_no_folder_is_told(tmp_path: Path) -> None:
    found = problems_of(tmp_path, SITE | {"docs/practice/coding/flat.md": case()})
    assert "an exercise is a folder" in [problem.message for problem in found]


def test_navigation_files_are_read_for_their_syntax(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, SITE | {"docs/topics/.nav.yml": "nav: [a\n"})
    assert found.path == "docs/topics/.nav.yml"


@pytest.mark.parametrize("text", ["- index.md\n", "nav: 5\n", "5\n", "nav: {a: b}\n"])
def test_a_navigation_file_that_is_no_order_of_pages_is_told(tmp_path: Path, text: str) -> None:
    (found,) = problems_of(tmp_path, SITE | {"docs/topics/.nav.yml": text})
    assert (found.path, found.message) == ("docs/topics/.nav.yml", "this is not an order of pages")


def test_a_navigation_file_is_not_read_through_a_link(tmp_path: Path) -> None:
    make_site(tmp_path, SITE)
    (tmp_path / "docs/.nav.yml").symlink_to("/dev/zero")
    assert [problem.path for problem in load(tmp_path)[1]] == ["docs/.nav.yml"]


@pytest.mark.parametrize("sign", ["\\0", "\\e", "\\x07", "\\u202e"])
def test_a_sign_that_cannot_be_seen_is_told_although_yaml_spells_it(tmp_path: Path, sign: str) -> None:
    text = chapter(title=f'"A {sign} page"')
    found = [problem for problem in problems_of(tmp_path, SITE | {CHAPTER_PATH: text}) if problem.path == CHAPTER_PATH]
    assert [(problem.line, problem.message) for problem in found] == [(2, "the YAML holds a control character")]


def test_signs_that_turn_the_direction_of_text_are_told(tmp_path: Path) -> None:
    text = SITE[CHAPTER_PATH]
    assert isinstance(text, str)
    (found,) = problems_of(tmp_path, SITE | {CHAPTER_PATH: text.replace("Some text.", "Some \u202etxet.", 1)})
    assert found.message == "there is a control character (0x202e)"


def test_a_navigation_entry_that_runs_script_is_told(tmp_path: Path) -> None:
    text = "nav:\n  - statistics\n  - Site: https://example.org\n  - Fun: javascript:alert(1)\n  - '*'\n"
    (found,) = problems_of(tmp_path, SITE | {"docs/topics/.nav.yml": text})
    assert (found.path, found.line) == ("docs/topics/.nav.yml", 4)


def test_a_folder_without_a_guide_is_told(tmp_path: Path) -> None:
    _, problems = load(tmp_path / "nowhere")
    assert [problem.message for problem in problems] == ["there is no folder docs"]


def test_a_slip_in_a_list_of_resources_is_told_once_and_not_by_every_page_that_names_one(tmp_path: Path) -> None:
    text = chapter(resources="[a-book]")
    broken = "- id: a-book\n  title: A book: the second edition\n"
    make_site(tmp_path, SITE | {CHAPTER_PATH: text, "docs/resources/books.yml": broken})
    catalogue, problems = load(tmp_path)
    assert [(found.path, found.line) for found in [*problems, *check(catalogue)]] == [("docs/resources/books.yml", 2)]


def test_a_resource_that_is_there_twice_is_told(tmp_path: Path) -> None:
    books = SITE["docs/resources/books.yml"]
    (found,) = problems_of(tmp_path, SITE | {"docs/resources/more.yml": books})
    assert (found.path, found.line) == ("docs/resources/more.yml", 1)
    assert "already used in docs/resources/books.yml:1" in found.message


def test_a_page_that_requires_itself_is_told_once(tmp_path: Path) -> None:
    site = SITE | {OTHER_PATH: chapter(prerequisites="[topics/statistics/power]")}
    assert len(problems_of(tmp_path, site)) == 1


def test_every_limit_lets_the_largest_sensible_file_through() -> None:
    assert all(limit >= 200_000 for limit in LIMITS.values())


TEXT_FILES = [CHAPTER_PATH, ROUND_PATH, NOTEBOOK_PATH, "docs/glossary.yml", "docs/rounds/rounds.yml", "docs/a.svg"]
TEXT_FILES += [f"{EXERCISE}/{name}" for name in ("index.md", "solution.py", "checks.py", "mutants.yml")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(TEXT_FILES), st.binary(max_size=200))
def test_no_bytes_in_any_file_make_loading_raise(tmp_path: Path, path: str, data: bytes) -> None:
    read(tmp_path, SITE | {path: data})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_to_a_valid_file_makes_loading_raise(tmp_path: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([name for name in TEXT_FILES if name in SITE]))
    text = SITE[path]
    assert isinstance(text, str)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    read(tmp_path, SITE | {path: text[:start] + data.draw(st.text(max_size=8)) + text[end:]})


MATTER_KEYS = ["title", "summary", "rounds", "level", "minutes", "reviewed", "aliases", "x"]
YAML_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(MATTER_KEYS), YAML_VALUES))
def test_no_value_in_front_matter_makes_loading_raise(tmp_path: Path, matter: dict[str, object]) -> None:
    front = yaml.safe_dump(matter, allow_unicode=True)
    read(tmp_path, SITE | {CASE_PATH: f"---\n{front}---\n\n## A\n\nText.\n"})


def test_pages_of_other_kinds_need_little(tmp_path: Path) -> None:
    text = page({"title": "Plan", "summary": "How to plan the weeks.", "hide": "[toc]"}, {"Any": "Text.\n"})
    assert problems_of(tmp_path, SITE | {"docs/more/index.md": text}) == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("docs/notebooks/two.ipynb", "a notebook belongs in notebooks/"),
        ("docs/topics/two.ipynb", "a notebook belongs in notebooks/"),
        ("notebooks/readme.md", "the notebooks folder"),
        ("notebooks/data.csv", "the notebooks folder"),
        ("notebooks/index.ipynb", "is the list of notebooks"),
    ],
)
def test_a_file_that_would_not_become_its_own_page_is_told(tmp_path: Path, path: str, message: str) -> None:
    (found,) = problems_of(tmp_path, SITE | {path: SITE[NOTEBOOK_PATH]})
    assert (found.path, found.line) == (path, 1)
    assert message in found.message


def test_a_picture_beside_the_list_of_notebooks_may_stand_there(tmp_path: Path) -> None:
    assert problems_of(tmp_path, SITE | {"docs/notebooks/plot.png": b"x"}) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"nbformat": 4,', '"nbformat": 3,'), "not a notebook of format 4"),
        (('"metadata": {},', '"metadata": {}, "attachments": {"a.png": {}},'), "has a picture attached"),
    ],
)
def test_what_the_build_would_refuse_of_a_notebook_is_told(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    text = SITE[NOTEBOOK_PATH]
    assert isinstance(text, str)
    found = problems_of(tmp_path, SITE | {NOTEBOOK_PATH: text.replace(*change, 1)})
    assert [message in problem.message for problem in found] == [True]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("nav:\n  - '*'\n  - nothing.md\n", 3, "there is no page `nothing.md`"),
        ("navv:\n  - '*'\n", 1, "there is no key `navv`"),
        ("title: [a]\n", 1, "`title` must be text"),
        ("nav:\n  - 3\n", 2, "not an entry of an order"),
        ("nav:\n  - {a: {b: c}}\n", 2, "not an entry of an order"),
        ("nav:\n  - Site: https://[bad\n", 2, "not a valid target"),
    ],
)
def test_an_order_of_pages_that_awesome_nav_would_not_follow_is_told(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    (found,) = problems_of(tmp_path, SITE | {"docs/topics/.nav.yml": text})
    assert (found.line, message in found.message) == (line, True), found


@pytest.mark.parametrize(
    ("name", "fix"), [("ärger.md", "`arger.md`"), ("A b.PNG", "`a-b.png`"), ("嗯.md", "Rename the file")]
)
def test_the_name_that_is_proposed_is_one_that_passes(tmp_path: Path, name: str, fix: str) -> None:
    found = [problem.fix for problem in problems_of(tmp_path, SITE | {f"docs/{name}": "x"})]
    assert any(text.endswith(fix) for text in found), found
