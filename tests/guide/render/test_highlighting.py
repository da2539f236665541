"""Code is marked where it has a color, and nowhere else."""

import re
from pathlib import Path

from guide.render.highlighting import COLORED, highlighted

SHEET = Path(__file__).parents[3] / "overrides" / "styles" / "code.css"


def test_the_colored_classes_are_those_of_the_sheet() -> None:
    rules = re.findall(r"^\.highlight (?::is)?(.+?)\{", SHEET.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\.(\w+)", " ".join(rules))) == COLORED


def test_names_signs_and_spaces_are_plain_text() -> None:
    code = highlighted("import x\ny = x.f(1)  # why")
    assert re.findall(r'<span class="(\w+)">', code) == ["kn", "nn", "mi", "c1"]
    assert "y = x.f(" in re.sub(r"<span></span>", "", code)
