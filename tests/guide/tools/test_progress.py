"""What is told of long work while it goes on."""

import io
from collections.abc import Iterator

import pytest
from guide.tools.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def seconds() -> Iterator[float]:
    return iter([0.0, 0.0, 0.0, 4.0, 8.0])


def test_where_lines_are_kept_there_is_one_for_each_step(seconds: Iterator[float]) -> None:
    lines: list[str] = []
    tell = Progress(lines.append, io.StringIO(), seconds.__next__)
    tell(0, 2, "")
    tell(1, 2, "notebooks/a.ipynb")
    tell(2, 2, "notebooks/b.ipynb")
    assert lines == ["1 of 2: notebooks/a.ipynb (after 4 s)", "2 of 2: notebooks/b.ipynb (after 8 s)"]


def test_a_terminal_shows_one_line_with_the_time_left_and_keeps_nothing(seconds: Iterator[float]) -> None:
    lines: list[str] = []
    terminal = Terminal()
    tell = Progress(lines.append, terminal, seconds.__next__)
    tell(0, 4, "")
    tell(1, 4, "notebooks/a.ipynb")
    assert terminal.getvalue().endswith("\r\x1b[K1 of 4 done, about 12 s left: notebooks/a.ipynb")
    tell(4, 4, "notebooks/b.ipynb")
    assert terminal.getvalue().endswith("\r\x1b[K")
    assert lines == []
