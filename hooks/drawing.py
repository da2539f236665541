"""MkDocs adapter for what is drawn at build: formulas and diagrams.

All pages are rendered before the first template is filled (`on_env`), so everything is collected there and drawn in
one go; `on_post_page` puts the drawings in place. The work is done by guide.render.mathematics and
guide.render.diagrams, through guide.tools.node.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guide.render import diagrams, mathematics
from guide.tools.node import Answer, Drawing, Node, NodeMissingError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

log = get_plugin_logger("drawing")

# The drawings of the build that is under way, made in on_env and read in on_post_page.
_math: dict[Drawing, Answer] = {}
_diagrams: dict[str, diagrams.Drawn] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Register the mermaid fence."""
    superfences = config.mdx_configs.setdefault("pymdownx.superfences", {})
    fences: list[dict[str, Any]] = superfences.setdefault("custom_fences", [])
    fences[:] = [fence for fence in fences if fence["name"] != "mermaid"]
    fences.append({"name": "mermaid", "class": "tl-diagram", "validator": _validate_fence, "format": _format_fence})
    return config


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Draw every formula and diagram of the site; report all that cannot be drawn, then stop."""
    node = Node(Path(config.config_file_path).parent / ".cache")
    pages = [file.page for file in files.documentation_pages() if file.page is not None and file.page.content]
    problems: list[str] = []
    _math.clear()
    _diagrams.clear()
    try:
        found = {page.file.src_uri: mathematics.formulas(page.content or "") for page in pages}
        math = _draw(node, "math", mathematics.unique(d for each in found.values() for d in each))
        sketches = {page.file.src_uri: diagrams.diagrams(page.content or "") for page in pages}
        drawn = diagrams.draw(node, (d.source for each in sketches.values() for d in each))
    except NodeMissingError as error:
        raise PluginError(str(error)) from None
    finally:
        node.close()
    for page in pages:
        text = _source_of(page)
        where = _where(page, config)
        for formula in found[page.file.src_uri]:
            if fault_of_tex := math[formula].error:
                line = mathematics.line_of(formula.source, text) or 1
                problems.append(
                    f"{where}:{line}: the formula `{formula.source}` cannot be set: {fault_of_tex} Mend the TeX."
                )
        for sketch in sketches[page.file.src_uri]:
            first = mathematics.line_of(sketch.source.splitlines()[0] if sketch.source else "```mermaid", text) or 1
            start = mathematics.line_of(sketch.source, text) or first
            for fault in drawn[sketch.source].faults:
                found_at = fault._replace(path=where, line=start + fault.line - 1)
                problems.append(str(found_at._replace(message=f"in the diagram, {fault.message}")))
    if problems:
        raise PluginError("\n" + "\n".join(problems))
    _math.update(math)
    _diagrams.update(drawn)
    return env


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put formulas and diagrams in place."""
    return diagrams.replace_diagrams(mathematics.replace_formulas(output, _math), _diagrams)


# ---- helpers -------------------------------------------------------------------------------------------------


def _draw(node: Node, kind: Any, drawings: list[Drawing]) -> dict[Drawing, Answer]:
    return dict(zip(drawings, node.draw(kind, drawings), strict=True))


def _source_of(page: Page) -> str:
    path = page.file.abs_src_path
    return Path(path).read_text(encoding="utf-8-sig", errors="replace") if path else ""


def _where(page: Page, config: MkDocsConfig) -> str:
    path = page.file.abs_src_path
    root = Path(config.config_file_path).parent
    return Path(path).relative_to(root).as_posix() if path and Path(path).is_relative_to(root) else page.file.src_uri


def _validate_fence(language: str, inputs: dict[str, str], options: dict[str, Any], attrs: Any, md: Any) -> bool:
    options.update({key: inputs.get(key, "") for key in ("alt", "caption")})
    return set(inputs) <= {"alt", "caption"}


def _format_fence(source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any) -> str:
    return diagrams.placeholder(diagrams.Diagram(source, options["alt"], options["caption"]))
