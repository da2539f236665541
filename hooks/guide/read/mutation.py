"""Small slips, made by the dozen in a solution: what the checks of an exercise have to notice besides its planted bugs.

Each mutant differs from the solution in one place: a comparison, a constant, an operator, an axis, a function that has
a twin (`argmin` and `argmax`), a statement that is gone. Signatures stay, because the starter gives them. Those that
behave like the solution are listed in mutants.yml, each with the reason.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from guide.read.exercises import parse_python

_COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_SWAPPED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_TWINS: Final[dict[str, str]] = {
    one: other
    for pair in (
        ("all", "any"),
        ("append", "appendleft"),
        ("argmax", "argmin"),
        ("ceil", "floor"),
        ("cos", "sin"),
        ("cumsum", "cumprod"),
        ("max", "min"),
        ("maximum", "minimum"),
        ("mean", "sum"),
        ("ones", "zeros"),
        ("pop", "popleft"),
        ("std", "var"),
        ("tril", "triu"),
    )
    for one, other in (pair, pair[::-1])
    if (one, other) not in (("appendleft", "append"), ("pop", "popleft"))
}


@dataclass(frozen=True, slots=True)
class Slip:
    """A solution with one slip: on which line, the statement that it makes, and the whole text."""

    line: int
    becomes: str
    source: str


def slips(solution: str) -> list[Slip]:
    """Return every mutant of a solution, in the order of its lines."""
    tree = parse_python(solution)
    seen = {ast.unparse(tree)}
    found: list[Slip] = []
    for statement, where, index in _statements(tree):
        for change, undo in _changes(statement):
            change()
            source = ast.unparse(tree)
            if source not in seen:
                seen.add(source)
                found.append(Slip(statement.lineno, _first_line(statement), source))
            undo()
        if _may_go(statement, tree):
            where[index] = ast.Pass()
            said = f"without {_first_line(statement)}"
            found.append(Slip(statement.lineno, said, ast.unparse(ast.fix_missing_locations(tree))))
            where[index] = statement
    return sorted(found, key=lambda slip: slip.line)


def same_statement(one: str, other: str) -> bool:
    """Tell whether two texts are one statement, however it is spaced: Python's versions write brackets differently."""
    return _tree_of(one) == _tree_of(other)


def _tree_of(text: str) -> str:
    gone = "without " if text.startswith("without ") else ""
    rest = text.removeprefix(gone).strip()
    for source in (rest, f"{rest}:\n    pass"):
        try:
            return gone + ast.dump(ast.parse(source))
        except SyntaxError:
            continue
    return text


def _first_line(statement: ast.stmt) -> str:
    return ast.unparse(statement).split("\n")[0].removesuffix(":")


def _statements(tree: ast.AST) -> Iterator[tuple[ast.stmt, list[ast.stmt], int]]:
    """Yield every statement with the list in which it stands, and where in it."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                yield from ((statement, block, index) for index, statement in enumerate(block))


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the expressions of a statement, but for those of the statements inside it, types and docstrings."""
    skipped = {"body", "orelse", "finalbody", "handlers", "annotation", "returns", "decorator_list", "args"}
    work: list[ast.AST] = [statement]
    while work:
        node = work.pop()
        yield node
        if isinstance(node, ast.keyword) and node.arg in ("axis", "optimize"):
            continue  # An axis slips as a whole; whether einsum optimizes decides about its speed alone.
        for name, value in ast.iter_fields(node):
            if name in skipped and not isinstance(node, (ast.IfExp, ast.Lambda, ast.Call)):
                continue
            work += [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, ast.AST)]


Change = tuple[Callable[[], None], Callable[[], None]]


def _changes(statement: ast.stmt) -> Iterator[Change]:
    """Yield the slips that can be made in one statement, each as a function that makes it and one that undoes it."""
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Raise)):
        return
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return  # A docstring.
    for node in _own(statement):
        yield from _at(node)


def _at(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=ops):
            for index, operator in enumerate(ops):
                for other in _COMPARED.get(type(operator), ()):
                    yield _item(ops, index, other())
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) if type(operator) in _SWAPPED:
            yield _field(node, "op", _SWAPPED[type(operator)]())
        case ast.BoolOp(op=operator):
            yield _field(node, "op", ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.USub()):
            yield _field(node, "op", ast.UAdd())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield _field(node, "operand", ast.UnaryOp(ast.Not(), operand))
        case ast.keyword(arg="axis", value=ast.Constant(value=0 | 1 as axis)):
            yield _field(node, "value", ast.Constant(1 - axis))
        case ast.keyword(arg="axis", value=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1))):
            yield _field(node, "value", ast.Constant(0))
        case ast.Constant(value=bool(value)):
            yield _field(node, "value", not value)
        case ast.Constant(value=int(value) | float(value)):
            yield _field(node, "value", value + 1)
            yield _field(node, "value", value - 1)
        case ast.Attribute(attr=name) if name in _TWINS:
            yield _field(node, "attr", _TWINS[name])
        case ast.Name(id=name) if name in _TWINS and name in ("all", "any", "max", "min"):
            yield _field(node, "id", _TWINS[name])


def _field(node: Any, name: str, value: Any) -> Change:
    before = getattr(node, name)
    return lambda: setattr(node, name, value), lambda: setattr(node, name, before)


def _item(items: list[Any], index: int, value: Any) -> Change:
    before = items[index]
    return lambda: items.__setitem__(index, value), lambda: items.__setitem__(index, before)


def _may_go(statement: ast.stmt, tree: ast.AST) -> bool:
    """Tell whether a statement can be left out so that the rest still runs: no name is missing without it."""
    match statement:
        case ast.Expr(value=value):
            return not isinstance(value, ast.Constant)
        case ast.AugAssign() | ast.If() | ast.Break() | ast.Continue() | ast.Delete():
            return True
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return _bound_before(name, statement, tree)
    return False


def _bound_before(name: str, statement: ast.stmt, tree: ast.AST) -> bool:
    """Tell whether the function around a statement gives this name a value on an earlier line, or takes it."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and any(each is statement for each in ast.walk(function)):
            taken = {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}
            given = {
                each.id
                for each in ast.walk(function)
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and each.lineno < statement.lineno
            }
            if name in taken | given:
                return True
    return False
