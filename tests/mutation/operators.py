"""The faults: every one changes one node of a module's syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SWAPPED: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,), ast.FloorDiv: (ast.Mult,), ast.Mod: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,),
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum"}
SKIPPED = (ast.JoinedStr, ast.Raise, ast.Import, ast.ImportFrom, ast.Assert)
Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True)
class Mutant:
    """A module with one fault.

    Attributes:
        line: where the fault is.
        what: the fault in words, such as "a < b -> a <= b".
        source: the module's text with it.
        statement: the first line of the statement that has it.
    """

    line: int
    what: str
    source: str
    statement: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yields every module with one fault that can be made of a module's text."""
    tree = ast.parse(source)
    uncached(tree)
    places = list(_places(tree))
    within = _statements(tree)
    for index, node in enumerate(places):
        statement = ast.unparse(within[node]).split("\n")[0]
        for change in _changes(node):
            broken = copy.deepcopy(tree)
            target = list(_places(broken))[index]
            changed = ast.copy_location(change(target), target)
            _put(broken, target, changed)
            what = f"{ast.unparse(node)} -> {ast.unparse(changed)}".replace("\n", "; ")
            source_with_it = ast.unparse(ast.fix_missing_locations(broken))
            yield Mutant(node.lineno, what, source_with_it, statement)


def _statements(tree: ast.AST) -> dict[ast.AST, ast.stmt]:
    """Returns the innermost statement of each node; of a statement itself."""
    found: dict[ast.AST, ast.stmt] = {}
    for statement in ast.walk(tree):  # outer statements come first
        if isinstance(statement, ast.stmt):
            found |= dict.fromkeys(ast.walk(statement), statement)
    return found


def uncached(tree: ast.AST) -> None:
    """Lets functions be compiled without numba's cache, which would go on with those of before."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Name) and decorator.id == "compiled":
                    decorator.id = "__import__('numba').njit"


def _places(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Yields the nodes that may change, in order: no annotations, texts, errors or decorators."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or isinstance(node, SKIPPED) or _is_choice(node):
                continue
            if isinstance(node, (ast.expr, ast.stmt)):
                yield node
            yield from _places(node)


def _is_choice(node: ast.AST) -> bool:
    """Whether a node states a choice, which no test can call wrong: the value of a NAMED constant,
    the default and the range of a setting, a check that never fails; and what only a type checker
    reads."""
    if isinstance(node, ast.Assign):
        names = [name for target in node.targets for name in getattr(target, "elts", [target])]
        return all(isinstance(name, ast.Name) and name.id.isupper() for name in names)
    if isinstance(node, ast.keyword):  # zip's check of what is of one length anyway
        return node.arg == "strict"
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return True
    if isinstance(node, ast.FunctionDef):  # nobody calls it
        return any(ast.unparse(by) == "abstractmethod" for by in node.decorator_list)
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "setting"


def _changes(node: ast.AST) -> list[Change]:
    """Returns the ways in which a node can be wrong."""
    if isinstance(node, (ast.BinOp, ast.AugAssign, ast.BoolOp)):
        found = [_with_operator(to) for to in SWAPPED.get(type(node.op), ())]
        return [*found, _nothing] if isinstance(node, ast.AugAssign) else found
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return [_with_comparison(to) for to in SWAPPED.get(type(node.ops[0]), ())]
    if isinstance(node, ast.UnaryOp):
        return [lambda node: node.operand]
    if isinstance(node, ast.Constant):
        return _other_constants(node.value)
    if isinstance(node, ast.Name) and node.id in NAMES:
        return [lambda node: ast.Name(NAMES[node.id], node.ctx)]
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        return [lambda node: ast.Attribute(node.value, NAMES[node.attr], node.ctx)]
    if isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.Yield)):
        return [_nothing]
    if isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name):
        return [_nothing]
    if isinstance(node, (ast.If, ast.IfExp)):
        return [_with_test(True), _with_test(False)]
    return []


def _other_constants(value: object) -> list[Change]:
    if isinstance(value, bool):
        return [lambda node: ast.Constant(not value)]
    if isinstance(value, (int, float)):
        return [lambda node: ast.Constant(value + 1), *([lambda node: ast.Constant(value * 2)]
                if isinstance(value, float) and value else [])]  # fmt: skip
    return []


def _with_operator(to: type) -> Change:
    def change(node: ast.AST) -> ast.AST:
        made = copy.copy(node)
        made.op = to()  # type: ignore[attr-defined]
        return made

    return change


def _with_comparison(to: type) -> Change:
    return lambda node: ast.Compare(node.left, [to()], node.comparators)  # type: ignore[attr-defined]


def _with_test(truth: bool) -> Change:
    def change(node: ast.AST) -> ast.AST:
        made = copy.copy(node)
        made.test = ast.Constant(truth)  # type: ignore[attr-defined]
        return made

    return change


def _nothing(node: ast.AST) -> ast.AST:
    return ast.Pass()


def _put(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(item is old for item in value):
                value[:] = [new if item is old else item for item in value]
                return
