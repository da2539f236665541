"""The typed authoring blocks (`/// question`, `/// mistake`, `/// why` …) as a Python-Markdown extension.

What an author writes is in the contributing guide; this module says what becomes of it. The HTML is complete and
usable without any script: answers are `<details>` that start closed, and nothing depends on color alone. A page can
hold a mistake of its author and still be rendered: whatever is wrong becomes a marker (`<p class="tl-problem">`)
where it stands, `problems()` finds the markers again, and the build stops on them. Rendering is therefore a pure
function from text to HTML, which can be cached, and it never raises for what a text holds.

The emitted HTML, which styles and islands may rely on (`…` is Markdown rendered in place); that of rubrics, transcripts
and tables is in guide.render.arrange:

question
    <section class="tl-question" id="SLUG" data-kind="diagnose" data-level="entry" data-phrasing="indirect"
             data-rounds="ml-breadth phone-screen">
      <div class="tl-question__head">
        <h3 class="tl-question__title tl-heading" id="SLUG--title">…</h3>
                                                                one level below the heading that stands before it; not
                                                                in the table of contents
        <a class="tl-permalink" href="#SLUG" title="Link to this question" aria-labelledby="SLUG--title">#</a>
      </div>
      <ul class="tl-tags" aria-label="About this question">
        <li class="tl-tag tl-tag--kind">Diagnose</li>
        <li class="tl-tag tl-tag--level tl-level--entry">Entry</li>
        <li class="tl-tag tl-tag--round tl-round--ml-breadth">ML breadth</li>
      </ul>
      …                                                         what stands before the answers (code to debug, a figure)
      <details class="tl-answers">                              one control: the short answer, then more
        <summary id="SLUG--answer" aria-labelledby="SLUG--answer SLUG--title">Answer</summary>
        <div class="tl-answers__body">
          <div class="tl-answer tl-answer--short">
            <p class="tl-answer__name">Short answer<span class="tl-answer__time"> · 30 s</span></p>
            <div class="tl-answer__body">…</div>
          </div>
          <details class="tl-answer tl-answer--full">
            <summary>Full answer<span class="tl-answer__time"> · 2 min</span></summary>
            <div class="tl-answer__body">…
              div.tl-answer--points, .tl-computed, div.tl-answer--weak, div.tl-answer--strong
            </div>
          </details>
          details.tl-answer--follow-ups
        </div>
      </details>
    </section>
    A former id is an empty <span id="OLD"></span> at the start of the section. What every question has is called by the
    question as well, by ids that no author can give: a page has a dozen times “Answer”.
follow-ups
    <details class="tl-answer tl-answer--follow-ups"><summary>Follow-ups<span …> · 2</span></summary>
      <div class="tl-answer__body"><ul>
        <li class="tl-follow-up"><details><summary>question</summary>
          <div class="tl-follow-up__answer">…</div></details></li>
    An item without ` — ` between question and answer stays an ordinary item.
computed, solution
    <details class="tl-computed"><summary>How this was computed</summary>
      <div class="tl-computed__body">…</div></details>
    <details class="tl-solution"><summary>Solution</summary><div class="tl-solution__body">…</div></details>
mistake
    <section class="tl-mistake"><h3 class="tl-mistake__title tl-heading">…</h3>
      <div class="tl-mistake__body">…</div></section>
why, hint (neighbors are gathered into one list)
    <ol class="tl-ladder"><li><details class="tl-why"><summary>…</summary>
      <div class="tl-why__body">…</div></details></li>…
    <ol class="tl-hints"><li><details class="tl-hint"><summary><span class="tl-hint__number">Hint 1 · </span>…</summary>
      <div class="tl-hint__body">…</div></details></li>…
note, tip, warning
    <div class="admonition note" role="note"><p class="admonition-title">Note</p>…</div>
output fence
    <div class="tl-output no-copy" role="group" aria-label="Output"><p class="tl-output__label">Output</p>
      <pre tabindex="0"><samp>…</samp></pre></div>
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final, cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from pydantic import ValidationError
from pymdownx.blocks import BlocksExtension, BlocksMgrExtension, BlocksProcessor, BlocksTreeprocessor
from pymdownx.blocks.block import Block

from guide.model.labels import label
from guide.model.matter import QuestionMatter
from guide.read.values import explain
from guide.read.yaml import read_yaml
from guide.render.arrange import Arrange, Bind, Headings, mark
from guide.render.material import Material

# How long an answer takes to say; shown beside its name, because that is how it is practiced.
_TIMES: Final[Mapping[str, str]] = {"short": "30 s", "full": "2 min"}
_NAMES: Final[Mapping[str, str]] = {
    "short": "Short answer",
    "full": "Full answer",
    "points": "Key points",
    "weak": "What a weak answer sounds like",
    "strong": "What a strong answer sounds like",
    "follow-ups": "Follow-ups",
}
# The parts of a question in the order in which they are shown, and whether each belongs inside the full answer.
_BEHIND: Final[Mapping[str, bool]] = {
    "tl-answer--short": False,
    "tl-answer--full": False,
    "tl-answer--points": True,
    "tl-computed": True,
    "tl-answer--weak": True,
    "tl-answer--strong": True,
    "tl-answer--follow-ups": False,
}

# Inside code and formulas a dash does not part question and answer.
_ASIDE = re.compile(r"(?P<code>`+)[^`]*(?P=code)|\$[^$\n]*\$|(?P<dash> — )")
_MARKER = re.compile(r'<p class="tl-problem"[^>]*>(.*?)</p>', re.DOTALL)


def problems(page: str) -> list[str]:
    """Return what is wrong with the blocks of a rendered page: the texts of the markers that rendering left."""
    return [html.unescape(text) for text in _MARKER.findall(page)] if 'class="tl-problem"' in page else []


def line_of(problem: str, source: str) -> int:
    """Return the line of the source that a problem most likely means: the longest text that it quotes is there."""
    for said in sorted(re.findall(r"`([^`]+)`", problem), key=len, reverse=True):
        if (at := source.find(said)) >= 0:
            return source.count("\n", 0, at) + 1
    return 1


# --- Blocks -------------------------------------------------------------------------------------------------------


class _Typed(Block):
    """What all blocks share: bad titles and options are told in the page, and never make a block disappear."""

    ARGUMENT = None
    # Whether the block needs a title; None where it may have one.
    TITLED: ClassVar[bool | None] = None

    def on_init(self) -> None:
        """Start without faults."""
        self.faults: list[str] = []
        self.body: Element | None = None

    def _validate(self, parent: Element, arg: Any, **options: Any) -> bool:
        self.argument: str = (arg or "").strip()
        self.options: dict[str, Any] = {"attrs": {}}
        if self.TITLED and not self.argument:
            self.fault("has no title", f"Write it as `/// {self.NAME} | title`")
        if self.TITLED is False and self.argument:
            self.fault("takes no title", f"Write it as `/// {self.NAME}`")
        self.read_options(options)
        return True

    def read_options(self, options: Mapping[str, Any]) -> None:
        """Refuse every option: only questions have some."""
        for name in options:
            self.fault(f"has no option `{str(name)[:60]}`", "Remove it")

    def fault(self, message: str, fix: str) -> None:
        """Remember what is wrong with this block."""
        title = f" `{self.argument[:60]}`" if self.argument else ""
        self.faults.append(f"The block `{self.NAME}`{title} {message}. {fix}")

    def open_blocks(self) -> list[str]:
        """Return the names of the blocks around this one, the outermost first."""
        return [entry.block.NAME for entry in self._block_mgr.stack]

    def on_create(self, parent: Element) -> Element:
        """Make the element, with a marker for every fault."""
        element = self.element(parent)
        for text in self.faults:
            mark(element, text)
        return element

    def element(self, parent: Element) -> Element:
        """Return the element of this block, appended to its parent."""
        raise NotImplementedError

    def on_add(self, block: Element) -> Element:
        """Return where the content goes."""
        return block if self.body is None else self.body


class _Question(_Typed):
    NAME = "question"
    TITLED = True

    def read_options(self, options: Mapping[str, Any]) -> None:
        try:
            self.matter: QuestionMatter | None = QuestionMatter.model_validate(options)
        except ValidationError as error:
            self.matter = None
            for item in error.errors(include_url=False):
                message, fix = explain(QuestionMatter, item, "it")
                self.fault(f"is not written as it should be: {message}", fix)

    def element(self, parent: Element) -> Element:
        if "question" in self.open_blocks():
            self.fault("is inside another question", "Close the other one first, with as many slashes as it has")
        section = SubElement(parent, "section", {"class": "tl-question"})
        matter = self.matter
        if matter is not None:
            section.set("id", matter.id)
            for name in ("kind", "level", "phrasing"):
                section.set(f"data-{name}", getattr(matter, name))
            section.set("data-rounds", " ".join(matter.rounds))
            for alias in matter.aliases:
                SubElement(section, "span", {"id": alias})
        head = SubElement(section, "div", {"class": "tl-question__head"})
        title = SubElement(head, "p", {"class": "tl-question__title tl-heading"})
        title.text = self.argument
        if matter is not None:
            title.set("id", f"{matter.id}--title")
            link = {"class": "tl-permalink", "href": f"#{matter.id}", "title": "Link to this question"}
            SubElement(head, "a", link | {"aria-labelledby": f"{matter.id}--title"}).text = "#"
            names: Mapping[str, str] = self.config.get("round_names", {})
            tags = SubElement(section, "ul", {"class": "tl-tags", "aria-label": "About this question"})
            _tag(tags, "tl-tag--kind", label(matter.kind))
            _tag(tags, f"tl-tag--level tl-level--{matter.level}", label(matter.level))
            for round_id in matter.rounds:
                _tag(tags, f"tl-tag--round tl-round--{round_id}", names.get(round_id) or label(round_id))
        return section

    def on_end(self, block: Element) -> None:
        """Put the answers behind one control: the short one first, all that belongs to the full one inside it."""
        parts = {part: each for each in block for part in _BEHIND if part in (each.get("class") or "").split()}
        if not parts:
            return
        answers = SubElement(block, "details", {"class": "tl-answers"})
        summary = SubElement(answers, "summary")
        summary.text = "Answer"
        if self.matter is not None:
            own = f"{self.matter.id}--answer"
            summary.attrib |= {"id": own, "aria-labelledby": f"{own} {self.matter.id}--title"}
        outer = SubElement(answers, "div", {"class": "tl-answers__body"})
        full = parts.get("tl-answer--full")
        inner = full.find("div") if full is not None else None
        for part, inside in _BEHIND.items():
            if part in parts:
                block.remove(parts[part])
                (inner if inside and inner is not None else outer).append(parts[part])


class _Details(_Typed):
    """A part that starts closed: a summary and a body."""

    CLASS: ClassVar[str] = ""
    SUMMARY: ClassVar[str] = ""

    def element(self, parent: Element) -> Element:
        name = self.CLASS.split(" ", 1)[0]
        details = SubElement(parent, "details", {"class": self.CLASS})
        summary = SubElement(details, "summary")
        summary.text = self.argument or self.SUMMARY
        self.body = SubElement(details, "div", {"class": f"{name}__body"})
        return details


class _Part(_Details):
    """An answer of a question: behind a control of its own where CLOSED, else open in the one that holds it."""

    TITLED = False
    CLOSED: ClassVar[bool] = True

    def _frame(self, parent: Element) -> Element:
        if self.CLOSED:
            return super().element(parent)
        frame = SubElement(parent, "div", {"class": self.CLASS})
        SubElement(frame, "p", {"class": "tl-answer__name"}).text = self.SUMMARY
        self.body = SubElement(frame, "div", {"class": "tl-answer__body"})
        return frame

    def element(self, parent: Element) -> Element:
        if self.open_blocks()[-1:] != ["question"]:
            self.fault(
                "is outside a question",
                "Put it into a `//// question`, which needs one slash more than the blocks inside it",
            )
        frame = self._frame(parent)
        if time := _TIMES.get(self.NAME):
            _time(frame[0], time)
        return frame


class _OpenPart(_Part):
    CLOSED = False


class _FollowUps(_Part):
    def on_end(self, block: Element) -> None:
        """Close the answer of each follow-up, so that a reader can think first."""
        items = [item for group in self.on_add(block) if group.tag in ("ul", "ol") for item in group.findall("li")]
        for item in items:
            _close_answer(item)
        if items and len(block):
            _time(block[0], str(len(items)))


class _Mistake(_Typed):
    NAME = "mistake"
    TITLED = True

    def element(self, parent: Element) -> Element:
        section = SubElement(parent, "section", {"class": "tl-mistake"})
        SubElement(section, "p", {"class": "tl-mistake__title tl-heading"}).text = self.argument
        self.body = SubElement(section, "div", {"class": "tl-mistake__body"})
        return section


class _Rubric(_Typed):
    NAME = "rubric"

    def element(self, parent: Element) -> Element:
        rubric = SubElement(parent, "div", {"class": "tl-rubric"})
        if self.argument:
            SubElement(rubric, "p", {"class": "tl-rubric__title"}).text = self.argument
        return rubric


class _Transcript(_Typed):
    NAME = "transcript"

    def element(self, parent: Element) -> Element:
        section = SubElement(parent, "section", {"class": "tl-transcript", "aria-label": "Transcript"})
        if self.argument:
            SubElement(section, "p", {"class": "tl-transcript__title"}).text = self.argument
        return section


class _Admonition(_Typed):
    def element(self, parent: Element) -> Element:
        box = SubElement(parent, "div", {"class": f"admonition {self.NAME}", "role": "note"})
        SubElement(box, "p", {"class": "admonition-title"}).text = self.argument or label(self.NAME)
        return box


def _details(name: str, css: str, summary: str, titled: bool | None, base: type[_Details] = _Details) -> type[_Details]:
    """Return the class of a block that is a `<details>`."""
    return type(f"_{label(name)}", (base,), {"NAME": name, "CLASS": css, "SUMMARY": summary, "TITLED": titled})


_PARTS: Final[Mapping[str, type[_Part]]] = {"full": _Part, "follow-ups": _FollowUps}
BLOCK_CLASSES: Final[tuple[type[_Typed], ...]] = (
    _Question,
    *(
        _details(part, f"tl-answer tl-answer--{part}", name, False, _PARTS.get(part, _OpenPart))
        for part, name in _NAMES.items()
    ),
    _details("computed", "tl-computed", "How this was computed", None),
    _details("solution", "tl-solution", "Solution", None),
    _details("why", "tl-why", "", True),
    _details("hint", "tl-hint", "", True),
    _Mistake,
    _Rubric,
    _Transcript,
    *(type(f"_{label(name)}", (_Admonition,), {"NAME": name}) for name in ("note", "tip", "warning")),
)


def _tag(parent: Element, css: str, text: str) -> None:
    SubElement(parent, "li", {"class": f"tl-tag {css}"}).text = text


def _time(summary: Element, text: str) -> None:
    SubElement(summary, "span", {"class": "tl-answer__time"}).text = f" · {text}"


def _close_answer(item: Element) -> None:
    """Turn `question — answer` into a closed `<details>`; anything else stays as it is."""
    holder = item
    if not (item.text or "").strip() and len(item) and item[0].tag == "p":
        holder = item[0]
    text = holder.text or ""
    dash = next((match for match in _ASIDE.finditer(text) if match["dash"]), None)
    if dash is None or not text[: dash.start()].strip():
        return
    question, answer = text[: dash.start()].strip(), text[dash.end() :].lstrip()
    details = Element("details")
    SubElement(details, "summary").text = question
    body = SubElement(details, "div", {"class": "tl-follow-up__answer"})
    first = SubElement(body, "p")
    first.text = answer
    rest = list(item)
    if holder is not item:
        rest = rest[1:]
    for child in list(item):
        item.remove(child)
    # In a tight list the text of an item has no children of its own yet, only nested lists follow it.
    body.extend(rest)
    item.text = None
    item.set("class", "tl-follow-up")
    item.append(details)


# --- How blocks are read ------------------------------------------------------------------------------------------


class _Processor(BlocksProcessor):
    """The block processor, but options are read as the checks read them: by the C loader, and without aliases.

    To find the lists around a block, the library walks through all of the page; here, through the outermost open block.
    """

    def parse_blocks(self, blocks: list[str], current_parent: Element) -> None:
        """Parse what is left of the open block."""
        super().parse_blocks(blocks, cast(Element, _Open(self.stack)))

    def split_header(self, block: str, length: int) -> tuple[dict[str, Any] | None, str]:
        """Return the options below the header of a block, None when they cannot be read, and what follows them."""
        end = next((match.start() for match in self.end.finditer(block) if len(match[1]) == length), len(block))
        written = self.yaml_line.match(block[:end])
        if written is None:
            return {}, block
        read = read_yaml(textwrap.dedent(written[0]))
        value = {} if read.value is None and not read.problems else read.value
        return value if isinstance(value, dict) else None, block[written.end() :]


class _Open:
    """Stands for the page where the library walks through it, and it does nothing else with it."""

    def __init__(self, stack: list[Any]) -> None:
        self._stack = stack

    def iter(self) -> Iterator[Element]:
        """Return the elements of the outermost block that is open, when there is another in it."""
        return self._stack[0].el.iter() if len(self._stack) > 1 else iter(())


def format_output(source: str, language: str, css_class: str, options: Any, md: Markdown, **_: Any) -> str:
    """Return the HTML of an `output` fence; a custom fence of pymdownx.superfences."""
    return (
        '<div class="tl-output no-copy" role="group" aria-label="Output"><p class="tl-output__label">Output</p>'
        f'<pre tabindex="0" translate="no"><samp>{html.escape(source, quote=False)}</samp></pre></div>'
    )


def output_fence() -> dict[str, Any]:
    """Return the custom fence for what a code block prints, as superfences takes it."""
    return {"name": "output", "class": "tl-output", "format": format_output}


class TypedBlocks(BlocksExtension):
    """The extension: `round_names` maps round ids to the names that the guide gives them."""

    def __init__(self, **kwargs: Any) -> None:
        """Declare the option."""
        self.config: dict[str, list[Any]] = {"round_names": [{}, "What each round is called, by its id."]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the interface of Python-Markdown)
        """Register every block and what runs after them."""
        # No HTML can be written: what looks like it stays text, and is shown as it is.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        outer = BlocksMgrExtension()
        outer.extendMarkdown(md)
        manager = outer.extension = _Processor(md.parser, md)
        md.parser.blockprocessors.register(manager, "blocks", 89.99)
        md.treeprocessors.register(BlocksTreeprocessor(md, manager), "blocks_on_inline_end", 19.99)
        for block in BLOCK_CLASSES:
            manager.register(block, self.getConfigs())
        # After inline Markdown (20) and before attribute lists (8); headings after the table of contents (5).
        md.treeprocessors.register(Arrange(md, manager), "tl-arrange", 19.5)
        md.treeprocessors.register(Material(md), "tl-material", 19.3)
        md.treeprocessors.register(Headings(md), "tl-headings", 4.5)
        # Before code that was set aside comes back (30).
        md.postprocessors.register(Bind(md), "tl-bind", 35)
