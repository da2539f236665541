"""How plots look when they leave Matplotlib, and what is said about them."""

from __future__ import annotations

import io
from typing import Any, Final

# The colors of plots as they leave Matplotlib. Each stands for a variable of the theme (--tl-plot-1 … 8), which
# takes its place when the plot is published; in a notebook that was downloaded they are simply good colors.
PALETTE: Final = ("#1f5f8b", "#b4472a", "#3c7839", "#7a4ea1", "#966300", "#127473", "#a33a70", "#5f5a52")
# The figure's background. Published, it gives way to the page's; downloaded, the plot stays readable in the dark.
PAPER: Final = "#fffffe"

# One style for all plots. The size of figures and the resolution stay Matplotlib's own, since the text form of an
# output names them (`<Figure size 640x480 with 1 Axes>`) and has to equal a fresh kernel's.
STYLE: Final[dict[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": "#000000",
    "axes.facecolor": "none",
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": "large",
    "figure.facecolor": PAPER,
    "grid.alpha": 0.15,
    "grid.color": "#000000",
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "savefig.facecolor": "auto",
    "svg.fonttype": "none",
    "svg.hashsalt": "the-training-loop",
}
FIGURE_SIZE: Final = (6.4, 3.6)


def set_style() -> None:
    """Let Matplotlib draw as all plots of the guide are drawn, whatever the settings of the user."""
    import matplotlib as mpl
    from cycler import cycler

    mpl.rcdefaults()
    settings: Any = mpl.rcParams
    settings.update({**STYLE, "axes.prop_cycle": cycler(color=list(PALETTE))})


def figure_to_svg(figure: Any) -> tuple[str, dict[str, str]] | None:
    """Return a Matplotlib figure as SVG with its title as metadata, or None when nothing is drawn in it."""
    if not figure.axes and not figure.lines:
        return None
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(buffer, format="svg", bbox_inches="tight", metadata=nothing)
    return buffer.getvalue(), {"title": title_of(figure)}


def title_of(figure: Any) -> str:
    """Return the figure's title: its own, then those of its axes."""
    titles = [figure.get_suptitle()]
    titles += [axes.get_title(loc) for axes in figure.axes for loc in ("left", "center", "right")]
    return "; ".join(dict.fromkeys(" ".join(title.split()) for title in titles if title.strip()))


def faults_of(figure: Any) -> list[str]:
    """Return what a reader would miss in a figure: a title, and a label on each axis that carries a scale."""
    faults = [] if title_of(figure) else ["the plot has no title"]
    plain = [a for a in figure.axes if a.axison and a.get_label() != "<colorbar>" and not a.images]
    if plain and hasattr(plain[0], "get_zlabel"):
        return faults
    across = figure.get_supxlabel() or any(a.get_xlabel() for a in plain)
    along = figure.get_supylabel() or any(a.get_ylabel() for a in plain)
    faults += ["the plot has no label on its horizontal axis"] if plain and not across else []
    faults += ["the plot has no label on its vertical axis"] if plain and not along else []
    return faults
