"""What the checks of exercises share: comparisons that say given, expected and got, and counts in place of a clock.

A checks.py says `from kit import expect, expect_no_loop`. When the guide is read, the functions that it names, and
nothing else, are put below it (guide.read.exercises.with_kit), so that its text runs by itself wherever code is graded:
in the tests, in the command, in the reader's browser, in a downloaded file. NumPy is imported inside the functions that
need it, because an exercise in plain Python does not.
"""

from collections.abc import Callable
from typing import Any


def expect(got: Any, expected: Any, tolerance: float = 1e-8, **given: Any) -> None:
    """Fail unless `got` equals `expected`: shapes and lengths exactly, numbers within the tolerance or a millionth."""
    assert same(got, expected, tolerance), told(expected, got, **given)


def same(got: Any, expected: Any, tolerance: float = 1e-8) -> bool:
    """Tell whether two arrays, numbers, lists or other values are equal; what is not a number equals nothing."""
    if hasattr(expected, "shape") or hasattr(got, "shape"):
        import numpy as np

        try:
            close = np.shape(got) == np.shape(expected) and np.allclose(got, expected, rtol=1e-6, atol=tolerance)
        except (TypeError, ValueError):
            return False
        return bool(close)
    if isinstance(expected, list | tuple):
        alike = isinstance(got, list | tuple) and len(got) == len(expected)
        return alike and all(same(one, other, tolerance) for one, other in zip(got, expected, strict=True))
    if isinstance(expected, float):
        return isinstance(got, int | float) and (
            got == expected or abs(got - expected) <= tolerance + 1e-6 * abs(expected)
        )
    return bool(got == expected)


def told(expected: Any, got: Any, **given: Any) -> str:
    """Return the message of a check that failed, in three parts: given, expected, got."""
    parts = [("given", "\n".join(f"{name} = {shown(value)}" for name, value in given.items()))]
    parts += [("expected", shown(expected)), ("got", shown(got))]
    return "\n".join(f"{name:10}" + text.replace("\n", "\n" + " " * 10) for name, text in parts if text)


def shown(value: Any) -> str:
    """Return a value as a message shows it: text as it is, long arrays without their middle."""
    if isinstance(value, str):
        return value
    if getattr(value, "shape", ()):
        import numpy as np

        text = np.array2string(value, precision=6, threshold=60, edgeitems=3, separator=", ", max_line_width=96)
        return text if value.size <= 12 else f"{text} of shape {value.shape}"
    text = f"{value:.8g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= 400 else f"{text[:200]} … {text[-150:]}"


def python_steps(call: Callable[[], object]) -> int:
    """Return how many lines of Python a call executes: a loop over the data shows in it, on any machine alike."""
    import sys

    steps = 0

    def count(frame: object, event: str, argument: object) -> "Any":
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        call()
    finally:
        sys.settrace(before)
    return steps


def expect_no_loop(make: Callable[[int], Callable[[], object]], over: str) -> None:
    """Fail if a call runs a Python loop; `make(n)` prepares the call for n of what must not be looped over."""
    few, many = (python_steps(make(n)) for n in (8, 512))
    assert many < few + 256, told(
        f"about as many steps of Python for 512 {over} as for 8: whole arrays at a time, no loop over {over}",
        f"{few:,} steps for 8, {many:,} steps for 512",
    )


def peak_bytes(call: Callable[[], object]) -> int:
    """Return the most memory that a call holds at a time, in bytes."""
    import tracemalloc

    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def slopes(function: Callable[[Any], float], at: Any, step: float = 1e-5) -> Any:
    """Return the gradient of a function of an array by central differences, in the shape of the array."""
    import numpy as np

    at = np.asarray(at, dtype=float)
    found = np.zeros_like(at)
    for index in np.ndindex(*at.shape):
        up, down = at.copy(), at.copy()
        up[index] += step
        down[index] -= step
        found[index] = (function(up) - function(down)) / (2 * step)
    return found
