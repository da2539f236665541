"""Drawn diagrams: the picture says what the source says, in the page's type, safely and for everybody."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from guide.model.problems import Problem
from guide.publish import fonts
from guide.render import diagrams, flowchart, layout
from guide.render.diagrams import Drawn
from guide.render.fences import Picture
from guide.tools.node import Drawing, Node

ROOT = Path(__file__).parents[3]
FLOW = "flowchart TD\n  a[Logs] --> b{Label?}\n  b -->|yes| c[(Store)]\n"
LANES = """flowchart TD
  subgraph on["Online, 120 ms"]
    ask([Request]) -->|5 ms| rank["f(x) & [top k]"] --> page{Page}
  end
  subgraph off[Offline]
    direction LR
    log[[Event log]] --> train[Training] --> store[(Model store)]
  end
  page ==>|every view| log
  store -.->|hourly| rank
  rank --> rank
  on <--> watch((Monitoring))
"""


def drawn(node: Node, source: str = FLOW, times: int = 1) -> str:
    done = diagrams.draw(node, [source])
    assert done[source].faults == ()
    return diagrams.replace_diagrams(
        diagrams.placeholder(Picture(source, "Logs flow into a <store>", "")) * times, done
    )


def texts(svg: str, kind: str) -> list[str]:
    root = ElementTree.fromstring(re.sub(r"^.*?(<svg.*?</svg>).*$", r"\1", svg, flags=re.DOTALL))
    groups = root.iter("{http://www.w3.org/2000/svg}g")
    return [" ".join(" ".join(g.itertext()).split()) for g in groups if kind in g.get("class", "").split()]


def test_a_diagram_travels_through_its_placeholder_unharmed() -> None:
    diagram = Picture(FLOW, 'Logs <b> & "labels"', "A caption")
    assert diagrams.diagrams(f"<p>{diagrams.placeholder(diagram)}</p>") == [diagram]


def test_an_undrawn_diagram_is_left_as_it_was() -> None:
    page = diagrams.placeholder(Picture(FLOW, "alt", ""))
    refused = Drawn(faults=(Problem("", 1, "no", "yes"),))
    assert diagrams.replace_diagrams(page, {FLOW: refused}) == diagrams.replace_diagrams(page, {}) == page


@pytest.mark.parametrize("label", ["[CLS] token", "f(x)", "x in {0, 1}", "w*x*y", "a | b", "p --> q", "<b>&amp;"])
def test_a_label_with_any_sign_is_drawn_whole_and_so_is_what_follows(node: Node, label: str) -> None:
    for before, after in (("[", "]"), ("(", ")"), ("{", "}"), ("[(", ")]")):
        svg = drawn(node, f'flowchart TD\n  A{before}"{label}"{after} -->|"{label}"| B[End]')
        assert texts(svg, "tl-node") == [label, "End"]
        assert texts(svg, "tl-edge-label") == [label]


def test_lanes_stores_queues_latencies_and_loops_are_drawn(node: Node) -> None:
    svg = drawn(node, LANES)
    assert texts(svg, "tl-lane") == ["Online, 120 ms", "Offline"]
    assert sorted(texts(svg, "tl-node")) == sorted(
        ["Request", "f(x) & [top k]", "Page", "Event log", "Training", "Model store", "Monitoring"]
    )
    assert sorted(texts(svg, "tl-edge-label")) == ["5 ms", "every view", "hourly"]
    assert 'data-from="store" data-to="rank"' in svg
    assert 'data-from="rank" data-to="rank"' in svg
    for shape in ("stadium", "box", "decision", "queue", "store", "circle"):
        assert f"tl-node--{shape}" in svg


def test_no_arrow_is_drawn_over_the_name_of_a_lane(node: Node) -> None:
    svg = diagrams.draw(node, [LANES])[LANES].svg
    assert svg.rindex('class="tl-lane__room"') < svg.index("data-from=")
    assert svg.index('class="tl-lane"') > svg.rindex("data-from=")


def test_the_layout_has_a_place_for_every_part_of_the_source_or_is_refused(node: Node) -> None:
    chart, _ = flowchart.read(LANES.replace("direction LR", ""))
    assert chart is not None
    plan = layout.plan_of(chart)
    (answer,) = node.draw("layout", [Drawing(layout.to_dot(plan))])
    whole = json.loads(answer.html)
    assert layout.read(plan, answer.html).places
    for kind in ("objects", "edges"):
        for index in range(len(whole[kind])):
            lacking = whole | {kind: whole[kind][:index] + whole[kind][index + 1 :]}
            with pytest.raises(ValueError, match="leaves out a part"):
                layout.read(plan, json.dumps(lacking))


def test_a_picture_is_drawn_once(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    first = diagrams.draw(node, [LANES, FLOW])
    monkeypatch.setattr(node, "draw", lambda *_: pytest.fail("it is laid out anew"))
    assert diagrams.draw(node, [FLOW, LANES]) == first


def test_a_circle_is_laid_out_from_where_the_source_begins(node: Node) -> None:
    svg = drawn(node, "flowchart TD\n  a --> b --> c --> a")
    heights = [float(y) for y in re.findall(r'data-id="[abc]" transform="translate\([\d.]+ ([\d.]+)\)"', svg)]
    assert heights == sorted(heights)


def test_no_line_of_a_label_is_wider_than_its_box(node: Node) -> None:
    svg = drawn(node, 'flowchart TD\n  a["Maximum likelihood under Gaussian noise, WWWW MMMM"] --> b[ok]')
    box, _ = re.findall(r'<rect [^>]*?width="([\d.]+)"', svg)
    for line in re.findall(r"<tspan[^>]*>([^<]*)<", svg.split("</g>")[1]):
        assert layout.text_width(line, layout.SIZE) <= float(box) - 16


def test_the_widths_of_letters_are_those_of_the_face() -> None:
    assert layout._widths() == fonts.widths(ROOT / "overrides/assets/fonts/loop-sans.woff2")


def test_a_label_is_parted_into_lines_of_about_equal_length() -> None:
    assert layout.wrap("Keep 10 to 50 negatives", 14, 122) == ["Keep 10 to", "50 negatives"]
    assert layout.wrap("one<br>two", 14, 122) == ["one", "two"]


def test_a_diagram_wider_than_the_column_is_refused(node: Node) -> None:
    wide = "flowchart TD\n" + "".join(f'  a --> b{k}["Quite a wide label here"]\n' for k in range(9))
    (fault,) = diagrams.draw(node, [wide])[wide].faults
    assert "wide" in fault.message
    assert fault.fix


def test_what_is_wider_than_a_phone_has_a_second_picture_that_fits_and_says_the_same(node: Node) -> None:
    wide = "flowchart TD\n" + "".join(f'  a[Ask] -->|{k} ms| b{k}["Quite wide {k}"] --> c[End]\n' for k in range(4))
    first = diagrams.draw(node, [FLOW, wide])
    assert (first[FLOW].phone, first[wide].faults) == ("", ())
    widths = []
    for svg in (first[wide].svg, first[wide].phone):
        assert sorted(texts(svg, "tl-node")) == ["Ask", "End", *(f"Quite wide {k}" for k in range(4))]
        assert sorted(texts(svg, "tl-edge-label")) == [f"{k} ms" for k in range(4)]
        assert svg.count("data-from=") == 8
        widths += [int(found) for found in re.findall(r'width="(\d+)" height', svg)[:1]]
    assert widths[0] > layout.PHONE_WIDTH >= widths[1]


def test_the_name_of_a_lane_is_broken_into_lines_rather_than_widen_a_picture_for_phones(node: Node) -> None:
    lanes = ("Online: all of the three hundred milliseconds", "Offline: from some minutes to several weeks")
    rooms = "".join(f'  subgraph g{k}["{name}"]\n    a{k} --> b{k}\n  end\n' for k, name in enumerate(lanes))
    both = diagrams.draw(node, [f"flowchart TD\n{rooms}  b0 -.-> b1\n  a1 -.-> a0\n"]).popitem()[1]
    assert both.width <= layout.PHONE_WIDTH
    counts = [svg.count("<tspan", svg.index('class="tl-lane"')) for svg in (both.svg, both.phone)]
    assert counts[0] < counts[1]


@pytest.mark.parametrize(("letters", "shrinks"), [(30, True), (34, True), (37, False)])
def test_what_is_hardly_wider_than_a_phone_shrinks_into_it(node: Node, letters: int, shrinks: bool) -> None:
    hard = f"flowchart TD\n  a[{'m' * letters}]\n"
    assert ("tl-diagram__wide" not in drawn(node, hard)) is shrinks


@pytest.mark.parametrize(("other", "covered"), [((130, 20), True), ((250, 20), False), ((130, 80), False)])
def test_a_picture_in_which_the_text_of_an_arrow_covers_another_text_is_too_crowded(
    other: layout.Point, covered: bool
) -> None:
    chart, _ = flowchart.read("flowchart TD\n  a -->|in parallel| b\n  a -->|in parallel| c")
    assert chart is not None
    laid = layout.Laid(0, 0, {"t0": [(100, 20)], "t1": [other]})
    assert layout.crowded(layout.plan_of(chart), laid) is covered


def test_two_pictures_of_a_diagram_are_told_apart_and_both_have_the_words(node: Node) -> None:
    wide = "flowchart TD\n" + "".join(f'  a --> b{k}["Quite wide {k}"]\n' for k in range(4))
    pictures = re.findall(r'<svg class="([\w-]+)" role="img" [^>]*aria-label="([^"]+)"', drawn(node, wide))
    words = "Logs flow into a &lt;store&gt;"
    assert pictures == [("tl-diagram__column", words), ("tl-diagram__phone", words)]


def test_a_diagram_has_a_text_alternative_and_is_not_translated(node: Node) -> None:
    assert '<svg role="img" translate="no" aria-label="Logs flow into a &lt;store&gt;"' in drawn(node)


def test_a_diagram_brings_no_colors_styles_ids_or_addresses(node: Node) -> None:
    svg = drawn(node, LANES, times=2)
    assert not re.search(r"<style|\bstyle=|\sid=|\bfill=|\bstroke=|href", svg)
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_what_the_author_wrote_does_not_reach_the_layout_engine() -> None:
    chart, _ = flowchart.read('flowchart TD\n  evil["</table>"] -->|"<img>"| b')
    assert chart is not None
    dot = layout.to_dot(layout.plan_of(chart))
    assert "evil" not in dot
    assert "img" not in dot
