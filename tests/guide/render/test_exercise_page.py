"""The page of an exercise: the code that was tested is the code that is shown."""

from pathlib import Path

import pytest
from guide.model.catalogue import Catalogue, Exercise
from guide.read.exercises import starter
from guide.render.exercise_page import complete

from tests.guide.rendering import render, tree, with_class, words
from tests.guide.sitekit import EXERCISE, SITE, Content, exercise, read

SOLUTION = str(SITE[f"{EXERCISE}/solution.py"])
BROKEN = SOLUTION.replace("3 * x", "2 * x")
TWIN = "\n## Debug twin\n\nFind the bug.\n\n/// solution | The planted bugs\nThere.\n///\n"
FILES: dict[str, Content] = {**SITE, f"{EXERCISE}/index.md": exercise() + TWIN, f"{EXERCISE}/broken.py": BROKEN}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    return made(tmp_path_factory.mktemp("site"), FILES)


def made(root: Path, files: dict[str, Content]) -> Exercise:
    catalogue: Catalogue = read(root, files)[0]
    return catalogue.exercises[0]


def sections(exercise: Exercise) -> dict[str, str]:
    """Return the text below each heading of the finished page."""
    page = tree(render(complete(exercise.body.text, exercise)))
    parts: dict[str, str] = {}
    title = ""
    for child in page:
        if child.tag == "h2":
            title = words(child).rstrip("¶")
        else:
            parts[title] = f"{parts.get(title, '')}{''.join(child.itertext())}\n"
    return parts


def test_the_starter_stands_after_the_example(found: Exercise) -> None:
    assert list(sections(found))[:5] == ["The task", "Example", "Starter", "Take it to your own machine", "Hints"]


def test_the_starter_is_the_solution_without_bodies(found: Exercise) -> None:
    shown = sections(found)["Starter"]
    assert starter(SOLUTION).strip() in shown
    assert "_helper" not in shown


def test_the_hints_are_paced_by_the_budget(tmp_path: Path) -> None:
    exercise_of_45 = made(tmp_path, SITE | {f"{EXERCISE}/index.md": exercise(minutes="45")})
    assert "work for 15 minutes before" in sections(exercise_of_45)["Hints"]


def test_the_files_to_take_home_stand_below_the_starter(found: Exercise) -> None:
    page = render(complete(found.body.text, found))
    assert 'href="twice.py"' in page
    assert 'href="twice.ipynb"' in page
    assert "make try EXERCISE=twice FILE=mine.py" in page


def test_the_answers_of_follow_ups_are_closed(found: Exercise) -> None:
    page = tree(render(complete(found.body.text, found)))
    closed = [each for each in with_class(page, "tl-solution") if words(each[0]) == "Why is that?"]
    assert [words(each[1]) for each in closed] == ["Because of this."]
    assert "open" not in closed[0].attrib


def test_a_follow_up_may_go_on_and_other_text_may_follow(tmp_path: Path) -> None:
    text = "- Why? — Because\n    of `this`.\n- How? — So:\n\n    - a\n- What? — That.\n\nThe notebook shows it.\n"
    page = tree(render(complete(f"## Follow-ups\n\n{text}", made(tmp_path, SITE))))
    assert [words(each) for each in with_class(page, "tl-solution")] == [
        "Why? Because of this.",
        "How? So: a",
        "What? That.",
    ]
    assert words(page).endswith("The notebook shows it.")


def test_what_the_checks_look_for_is_told(found: Exercise) -> None:
    assert "The result of twice for 1 is wrong." in sections(found)["Starter"]


def test_the_solution_is_closed_and_goes_before_the_commentary(found: Exercise) -> None:
    page = tree(render(complete(found.body.text, found)))
    (block,) = [each for each in with_class(page, "tl-solution") if words(each[0]) == "Reference solution"]
    assert "open" not in block.attrib
    assert SOLUTION.strip() in "".join(block.itertext())
    assert "".join(block.itertext()) in sections(found)["Solution"]
    assert sections(found)["Solution"].rstrip().endswith("Some text.")


def test_a_second_solution_stands_in_a_tab_beside_the_first(tmp_path: Path) -> None:
    twin = SOLUTION.replace("numpy as np", "torch").replace("np.ndarray", "torch.Tensor")
    exercise = made(tmp_path, {**SITE, f"{EXERCISE}/torch_solution.py": twin})
    page = tree(render(complete(exercise.body.text, exercise)))
    (block,) = [each for each in with_class(page, "tl-solution") if words(each[0]) == "Reference solution"]
    assert [words(label) for label in block.iter("label")] == ["NumPy", "PyTorch"]
    text = "".join(block.itertext())
    assert text.index("x: np.ndarray") < text.index("tested every night") < text.index("x: torch.Tensor")


def test_the_debug_twin_stands_before_its_answer(found: Exercise) -> None:
    shown = sections(found)["Debug twin"]
    assert shown.index("Find the bug.") < shown.index("2 * x") < shown.index("The planted bugs")


def test_a_program_to_repair_is_the_starter_and_is_not_shown_again(tmp_path: Path) -> None:
    page = exercise(pattern="debugging") + TWIN
    shown = sections(made(tmp_path, FILES | {f"{EXERCISE}/index.md": page}))
    assert BROKEN.strip() in shown["Starter"]
    assert "2 * x" not in shown["Debug twin"]


def test_without_a_debug_twin_no_code_is_added(tmp_path: Path) -> None:
    exercise = made(tmp_path, SITE)
    assert "2 * x" not in complete(exercise.body.text, exercise)


def test_code_that_holds_a_fence_does_not_end_the_fence(tmp_path: Path) -> None:
    odd = SOLUTION.replace("# The helper does it.", "# ```` ends nothing")
    exercise = made(tmp_path, {**SITE, f"{EXERCISE}/solution.py": odd})
    assert odd.strip() in sections(exercise)["Solution"]


def test_html_in_a_docstring_stays_text(tmp_path: Path) -> None:
    checks = str(SITE[f"{EXERCISE}/checks.py"]).replace("The result of twice for 1", "<b>x</b>")
    exercise = made(tmp_path, {**SITE, f"{EXERCISE}/checks.py": checks})
    assert "<b>x</b> is wrong." in sections(exercise)["Starter"]


def test_code_that_cannot_be_read_is_left_to_the_checks(tmp_path: Path) -> None:
    exercise = made(tmp_path, {**SITE, f"{EXERCISE}/solution.py": "def twice(:\n"})
    assert "## Starter" not in complete(exercise.body.text, exercise)


def test_a_heading_inside_code_is_no_section(found: Exercise) -> None:
    text = "## Example\n\n```text\n## Hints\n```\n\n## Hints\n"
    assert complete(text, found).index("## Starter") > text.index("```\n\n")
