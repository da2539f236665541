"""The reader of flowcharts: what it understands, word for word, and what it refuses, with line and fix."""

import pytest
from guide.render import flowchart
from guide.render.flowchart import Edge, Flowchart, Group, Node, read
from hypothesis import given
from hypothesis import strategies as st


def chart_of(body: str, head: str = "flowchart TD") -> Flowchart:
    chart, faults = read(f"{head}\n{body}")
    assert faults == []
    assert chart is not None
    return chart


def edges_of(body: str) -> list[tuple[str, str, str]]:
    return [(edge.tail, edge.head, edge.label) for edge in chart_of(body).edges]


@pytest.mark.parametrize(
    ("written", "label", "shape"),
    [
        ("A[Plain words]", "Plain words", "box"),
        ('A["[CLS] token"]', "[CLS] token", "box"),
        ('A["softmax(z)[i]"]', "softmax(z)[i]", "box"),
        ('A("f(x)")', "f(x)", "round"),
        ('A{"x in {0, 1}"}', "x in {0, 1}", "decision"),
        ('A[("(store) of [things]")]', "(store) of [things]", "store"),
        ('A[["]] queue [["]]', "]] queue [[", "queue"),
        ('A(["])"])', "])", "stadium"),
        ('A(("))"))', "))", "circle"),
        ('A{{"}} a"}}', "}} a", "hexagon"),
        ('A["w*x*y, _under_, p --> q, %% no, a | b; end"]', "w*x*y, _under_, p --> q, %% no, a | b; end", "box"),
        ("A", "A", "box"),
    ],
)
def test_a_label_is_read_as_it_is_written(written: str, label: str, shape: str) -> None:
    chart = chart_of(f"{written} --> B")
    assert chart.nodes == (Node("A", label, shape), Node("B", "B"))
    assert chart.edges == (Edge("A", "B"),)


@pytest.mark.parametrize(
    ("written", "edge"),
    [
        ("a-->b", Edge("a", "b")),
        ("a --- b", Edge("a", "b", arrow=False)),
        ("a -.-> b", Edge("a", "b", line="dotted")),
        ("a -.- b", Edge("a", "b", line="dotted", arrow=False)),
        ("a ==> b", Edge("a", "b", line="thick")),
        ("a === b", Edge("a", "b", line="thick", arrow=False)),
        ("a <--> b", Edge("a", "b", both_ways=True)),
        ("a <-.-> b", Edge("a", "b", line="dotted", both_ways=True)),
        ("a -->|plain| b", Edge("a", "b", "plain")),
        ('a -->|"p | q (r)"| b', Edge("a", "b", "p | q (r)")),
        ("a -- two words --> b", Edge("a", "b", "two words")),
        ('a -- "p | q" --- b', Edge("a", "b", "p | q", arrow=False)),
        ("a -. sometimes .-> b", Edge("a", "b", "sometimes", line="dotted")),
        ("a == 2,000 tokens ==> b;", Edge("a", "b", "2,000 tokens", line="thick")),
    ],
)
def test_an_arrow_is_read_as_it_is_written(written: str, edge: Edge) -> None:
    assert chart_of(written).edges == (edge,)


def test_chains_and_several_nodes_are_arrows_one_by_one() -> None:
    assert edges_of("a --> b & c -->|x| d") == [("a", "b", ""), ("a", "c", ""), ("b", "d", "x"), ("c", "d", "x")]


def test_lanes_hold_the_nodes_that_are_named_in_them_first() -> None:
    chart = chart_of(
        'subgraph on["Online (120 ms)"]\n direction LR\n a --> b\n subgraph in\n c\n end\nend\nb --> d\n on --> d'
    )
    assert chart.groups == (Group("on", "Online (120 ms)", across=True), Group("in", "in", parent="on"))
    assert [(node.id, node.group) for node in chart.nodes] == [("a", "on"), ("b", "on"), ("c", "in"), ("d", "")]
    assert chart.edges[-1] == Edge("on", "d")


def test_comments_and_empty_lines_say_nothing() -> None:
    assert edges_of("%% a --> x\n\n  a --> b\n  %% end") == [("a", "b", "")]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("", 1),
        ("pie\n  a: 1", 1),
        ("sequenceDiagram\n  A->>B: hello", 1),
        ("stateDiagram-v2\n  A --> B", 1),
        ("flowchart BT\n  a --> b", 1),
        ("%%{init: {}}%%\nflowchart TD\n  a --> b", 1),
        ("flowchart TD\n  a[Open --> b", 2),
        ("flowchart TD\n  a[Model: f(x)] --> b", 2),
        ("flowchart TD\n  a[/leaning/] --> b", 2),
        ("flowchart TD\n  a[] --> b", 2),
        ('flowchart TD\n  a["one" two] --> b', 2),
        ("flowchart TD\n  a -> b", 2),
        ("flowchart TD\n  a --x b", 2),
        ("flowchart TD\n  a ---oB", 2),
        ("flowchart TD\n  a <-- b", 2),
        ("flowchart TD\n  a --> ", 2),
        ("flowchart TD\n  a b", 2),
        ("flowchart TD\n  a --> b; c --> d", 2),
        ("flowchart TD\n  a -->|x b", 2),
        ("flowchart TD\n  a -- x -.-> b", 2),
        ("flowchart TD\n  a --> b\n  classDef hot fill:#f96", 3),
        ("flowchart TD\n  a:::hot --> b", 2),
        ("flowchart TD\n  a@{ shape: das } --> b", 2),
        ("flowchart TD\n  a --> b\n  click a href", 3),
        ("flowchart TD\n  a --> b\n  end", 3),
        ("flowchart TD\n  subgraph s[S]\n  a --> b", 2),
        ("flowchart TD\n  a --> b\n  subgraph s[S]\n  end", 3),
        ("flowchart TD\n  subgraph Two words\n  a --> b\n  end", 2),
        ("flowchart TD\n  subgraph s\n  a --> b\n  end\n  subgraph t\n  b --> c\n  end", 6),
        ("flowchart TD\n  subgraph s\n  a --> b\n  end\n  s --> a", 5),
        ("flowchart TD\n  direction LR\n  a --> b", 2),
        ("flowchart TD\n  a[One] --> b\n  a[Two] --> c", 3),
        ("flowchart LR\n  " + " --> ".join("abcdef"), 1),
        ("flowchart TD\n  " + " --> ".join(f"n{k}" for k in range(17)), 1),
        ("flowchart TD\n  subgraph s\n" + " --> ".join(f"n{k}" for k in range(25)) + "\n  end", 1),
        ("flowchart TD\n" + "a --> b\n" * 2000, 1),
    ],
)
def test_what_is_not_understood_is_refused_at_its_line(source: str, line: int) -> None:
    chart, faults = read(source)
    assert chart is None
    assert [fault.line for fault in faults] == [line]
    assert faults[0].fix


def test_everything_wrong_is_told_at_once() -> None:
    _, faults = read("flowchart TD\n  a -> b\n  a --> b\n  c[Open\n  end")
    assert [fault.line for fault in faults] == [2, 4, 5]


def test_lanes_make_room_for_more_nodes() -> None:
    body = " --> ".join(f"n{k}" for k in range(flowchart.MOST_NODES_IN_LANES))
    assert len(chart_of(f"subgraph s\n{body}\nend").nodes) == flowchart.MOST_NODES_IN_LANES


@given(st.text())
def test_no_source_makes_the_reader_raise(source: str) -> None:
    read("flowchart TD\n" + source)
    read(source)


_LABELS = st.text(st.characters(exclude_characters='"\n\r', exclude_categories=["C", "Z"]), min_size=1, max_size=30)
_BRACKETS = st.sampled_from(list(flowchart.SHAPES))


@given(st.lists(st.tuples(_LABELS, _BRACKETS, _LABELS), min_size=2, max_size=8))
def test_a_quoted_label_holds_anything(parts: list[tuple[str, tuple[str, str], str]]) -> None:
    nodes = [f'n{index}{a}"{label}"{b}' for index, (label, (a, b), _) in enumerate(parts)]
    links = [f' -->|"{text}"| ' for *_, text in parts]
    chart = chart_of("".join(link + node for link, node in zip(["", *links], nodes, strict=False)))
    assert [node.label for node in chart.nodes] == [label for label, *_ in parts]
    assert [edge.label for edge in chart.edges] == [text for *_, text in parts[:-1]]
