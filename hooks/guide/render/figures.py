"""Figures: drawn from code at build, published as inline SVG that wears the theme.

An author writes a ```` ```figure alt="…" caption="…" ```` fence with Matplotlib code. The fence becomes a placeholder
that carries everything needed to draw it (so that pages whose rendering was cached need no second look at their
source); the figures of the whole site are then drawn together in the warm process, made fit for a page
(guide.run.plots), and put in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from importlib.metadata import version
from itertools import count
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final

from guide.model.problems import Problem
from guide.render import fences
from guide.render.fences import Picture
from guide.render.highlighting import highlighted
from guide.run import plots
from guide.run.runner import Job, Outcome, Runner, fingerprint
from guide.tools.cache import Cache, key_of
from guide.tools.code import hash_of_code

if TYPE_CHECKING:
    from guide.model.catalogue import Page

FIGURE_LIMIT: Final = 20.0

# Stands in the ids of a kept picture for what makes them the page's own: a sign that has no meaning to anybody.
_OWN: Final = "\ue000"


@dataclass(frozen=True)
class Drawn:
    """What came of a figure: the HTML that shows it, whose ids wait for the page's own, or the line and the fault."""

    shown: str = ""
    line: int = 0
    fault: str = ""


_PLACEHOLDERS: Final = fences.Placeholders("waiting", Picture)
figures = _PLACEHOLDERS.found


def fence() -> dict[str, Any]:
    """Return the custom fence for figures, as pymdownx.superfences takes it."""
    return fences.picture_fence("figure", _PLACEHOLDERS.mark)


def draw(wanted: Iterable[Picture], runner: Runner, cache: Cache) -> dict[Picture, Drawn]:
    """Draw every figure once; those drawn before, by the same code with the same tools, come from the cache."""
    tools = key_of(fingerprint(), hash_of_code(__name__), *map(version, ("Pygments", "pymdown-extensions")))
    keys = {figure: key_of(tools, *astuple(figure)) for figure in wanted}

    def make(missing: list[Picture]) -> Iterable[Drawn]:
        return map(_drawn, missing, runner.run([job(figure) for figure in missing]))

    return cache.filled(keys, make, lambda done: not done.fault)


def job(figure: Picture) -> Job:
    """Return what the runner has to do for a figure."""
    return Job("figure", [figure.source], FIGURE_LIMIT, f"the figure “{shorten(figure.alt, 60, placeholder='…')}”")


def _drawn(figure: Picture, outcome: Outcome) -> Drawn:
    """Return the picture as pages show it, with its caption and its code."""
    if outcome.result is None:
        return Drawn(fault=outcome.error)
    if outcome.result["fault"] is not None:
        return Drawn(line=outcome.result["fault"]["line"], fault=outcome.result["fault"]["message"])
    svg: str = outcome.result["svg"]
    if unfit := plots.unpublishable(svg):
        return Drawn(fault=unfit)
    picture = framed(plots.themed(svg, _OWN, figure.alt))
    return Drawn(
        f'<figure class="tl-figure">{picture}{figure.figcaption()}</figure>'
        f'<details class="tl-figure-code"><summary>Code of this figure</summary>{highlighted(figure.source)}</details>'
    )


def problems(pages: Iterable[Page], drawn: Mapping[Picture, Drawn]) -> Iterator[Problem]:
    """Yield what could not be drawn, at its line in the pages that hold it."""
    faults = {figure.source: done for figure, done in drawn.items() if done.fault}
    for page in pages:
        for fence in page.body.fences:
            if fence.lang == "figure" and (done := faults.get(fence.text.rstrip())):
                said = f"the figure cannot be drawn: {done.fault}"
                yield page.problem(fence.line + max(done.line, 1), said, "Correct its code")


def replace_figures(page: str, drawn: Mapping[Picture, Drawn]) -> str:
    """Put the drawings in place of their placeholders, each with its caption and its code; what failed is its code."""
    numbers = count(1)

    def shown(figure: Picture) -> str:
        number, done = next(numbers), drawn[figure]
        return highlighted(figure.source) if done.fault else done.shown.replace(_OWN, f"f{number}")

    return _PLACEHOLDERS.replaced(page, shown)


def framed(svg: str) -> str:
    """Return a plot in a box that scrolls sideways, by keyboard too, where the screen is too narrow for its text."""
    return f'<div class="tl-plot-frame" translate="no" role="group" tabindex="0" aria-label="Plot">{svg}</div>'
