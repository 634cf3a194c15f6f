"""DuckDB's SQL, in which the models are written, in Spark's words.

sqlglot knows both dialects; what stands here is what it leaves as it is, drops, or gives
another meaning. What cannot be written for Spark is an error and is never left out: a query
that means something else is worse than none.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Final

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.dialects.spark import Spark
from sqlglot.errors import UnsupportedError

Rewrite = Callable[[Any], exp.Expression]


def translate(statement: str) -> str:
    """Return one statement of DuckDB as Spark understands it.

    Raises:
        sqlglot.errors.SqlglotError: the statement cannot be read, or not be written for Spark.
    """
    tree = sqlglot.parse_one(statement, read="duckdb")
    for node in reversed(list(tree.walk())):  # what is inside first
        rewrite = _REWRITES.get(type(node))
        new = rewrite(node) if rewrite else node
        if new is not node:
            node.replace(new)
    return tree.sql(SparkTarget, comments=False, unsupported_level=ErrorLevel.RAISE)


def _number(node: exp.Literal) -> exp.Expression:
    """1.96: beside floats it is one in DuckDB, where Spark counts in decimals and rounds."""
    if node.is_string or "." not in node.name:
        return node
    return exp.Cast(this=exp.Literal.string(node.name), to=exp.DataType.build("double"))


def _table(node: exp.Table) -> exp.Expression:
    """A file's tables have a catalog; those of the session have none."""
    node.set("catalog", None)
    return node


def _cte(node: exp.CTE) -> exp.Expression:
    node.set("materialized", None)  # Spark decides by itself what it keeps
    return node


def _in_raw(node: exp.Dot) -> exp.Expression:
    """raw.iso_date(x): functions of a session have no schema, so it is raw_iso_date(x)."""
    function = node.expression
    if node.this.name != "raw" or not isinstance(function, exp.Func):
        return node
    name = function.name if isinstance(function, exp.Anonymous) else function.sql_name()
    arguments = function.expressions or [a for a in function.args.values() if a is not None]
    return exp.Anonymous(this=f"raw_{name.lower()}", expressions=[a.copy() for a in arguments])


def _function(node: exp.Anonymous) -> exp.Expression:
    name, arguments = node.name.lower(), [a.copy() for a in node.expressions]
    if name == "to_months":
        arguments = [exp.Literal.number(0), *arguments]
    if name == "list_slice":  # first and last place, where Spark has the first and how many
        first, last = (int(a.sql()) for a in arguments[1:])
        arguments[2] = exp.Literal.number(last - first + 1)
    name = _NAMES.get(name, name)
    return exp.Anonymous(this=name, expressions=arguments)


_NAMES: Final = {
    "arg_min_null": "min_by",
    "row": "struct",
    "list_intersect": "array_intersect",
    "list_slice": "slice",
    "to_months": "make_ym_interval",
}


def _filter(node: exp.Filter) -> exp.Expression:
    """`arg_min(x, y) filter (where …)` and `list(x order by y) filter (where …)`."""
    condition = node.expression.this
    if isinstance(node.this, exp.ArgMin):
        known = exp.and_(condition.copy(), _is_known(node.this.this))
        return exp.Filter(this=node.this.copy(), expression=exp.Where(this=known))
    if _is_ordered(node.this):
        return _sorted(node.this, condition)
    return node


def _arg_min(node: exp.ArgMin) -> exp.Expression:
    """DuckDB passes over rows whose value is null; Spark would return that null."""
    if isinstance(node.parent, exp.Filter):
        return node  # it is the filter's to say
    return exp.Filter(this=node.copy(), expression=exp.Where(this=_is_known(node.this)))


def _is_known(value: exp.Expression) -> exp.Expression:
    return exp.Not(this=exp.Is(this=value.copy(), expression=exp.Null()))


def _list(node: exp.ArrayAgg) -> exp.Expression:
    if isinstance(node.parent, exp.Filter) or not _is_ordered(node):
        return node
    return _sorted(node, None)


def _is_ordered(node: exp.Expression) -> bool:
    return isinstance(node, exp.ArrayAgg) and isinstance(node.this, exp.Order)


def _sorted(node: exp.ArrayAgg, condition: exp.Expression | None) -> exp.Expression:
    """`list(x order by y)`: Spark's lists have no order, so its values are sorted by their keys."""
    order = node.this
    fields = [exp.alias_(key.this.copy(), f"k{at}") for at, key in enumerate(order.expressions)]
    fields.append(exp.alias_(order.this.copy(), "x"))
    pairs: exp.Expression = exp.ArrayAgg(this=exp.Struct(expressions=fields))
    if condition is not None:
        pairs = exp.Filter(this=pairs, expression=exp.Where(this=condition.copy()))
    branches = " ".join(
        f"when a.k{at} {sign} b.k{at} then -1 when b.k{at} {sign} a.k{at} then 1"
        for at, key in enumerate(order.expressions)
        for sign in [">" if key.args.get("desc") else "<"]
    )
    whole = f"transform(array_sort(pairs, (a, b) -> case {branches} else 0 end), e -> e.x)"
    tree = sqlglot.parse_one(whole, read="spark")
    for column in list(tree.find_all(exp.Column)):
        if column.name == "pairs":
            column.replace(pairs)
    return tree


def _sum(node: exp.Sum) -> exp.Expression:
    """`sum(x order by y)`: floats in one order, bit for bit; Spark knows no order of a sum."""
    if isinstance(node.this, exp.Order):
        node.set("this", node.this.this.copy())
    return node


def _mode(node: exp.Mode) -> exp.Expression:
    """`mode(x order by x)`: the least of the most frequent, for which Spark wants a true."""
    order = node.this
    if not isinstance(order, exp.Order) or order.expressions[0].this != order.this:
        raise UnsupportedError(f"a mode in another order: {node.sql('duckdb')}")
    return exp.Anonymous(this="mode", expressions=[order.this.copy(), exp.true()])


def _element(node: exp.Bracket) -> exp.Expression:
    """`list[n]`: counted from 1, from the end where n is negative; null where there is none."""
    (index,) = node.expressions
    if isinstance(index, exp.Slice):
        raise UnsupportedError(f"a slice: {node.sql('duckdb')}")
    if isinstance(index, exp.Literal) and index.is_string:
        return node
    # sqlglot has taken one from a number, whatever its sign, and left anything else alone
    is_number = isinstance(index, exp.Literal | exp.Neg)
    place = exp.Literal.number(int(index.sql()) + 1) if is_number else index.copy()
    return exp.Anonymous(this="try_element_at", expressions=[node.this.copy(), place])


def _interval(node: exp.Interval) -> exp.Expression:
    if node.text("unit").upper() != "QUARTER":
        return node
    months = exp.Literal.string(str(3 * int(node.this.name)))
    return exp.Interval(this=months, unit=exp.var("MONTH"))


def _full_match(node: exp.RegexpFullMatch) -> exp.Expression:
    whole = exp.Literal.string(f"^(?:{_written(node.expression)})$")
    return exp.RegexpLike(this=node.this.copy(), expression=whole)


def _written(pattern: exp.Expression) -> str:
    if not isinstance(pattern, exp.Literal):
        raise UnsupportedError(f"a pattern that is not written out: {pattern.sql('duckdb')}")
    return pattern.name


def _extract(node: exp.RegexpExtract) -> exp.Expression:
    """The options go into the pattern; without a group DuckDB means the whole, Spark the first."""
    options, pattern = node.args.get("parameters"), node.expression.copy()
    if options:
        pattern = exp.Literal.string(f"(?{options.name}){_written(pattern)}")
    return exp.RegexpExtract(
        this=node.this.copy(),
        expression=pattern,
        group=node.args.get("group") or exp.Literal.number(0),
    )


def _try(node: exp.Try) -> exp.Expression:
    """What DuckDB tries it is also asked to try in Spark."""
    if not isinstance(node.this, exp.Anonymous):
        raise UnsupportedError(f"an attempt that Spark cannot make: {node.sql('duckdb')}")
    return node.this.copy()


_REWRITES: Final[dict[type[exp.Expression], Rewrite]] = {
    exp.Anonymous: _function,
    exp.ArgMin: _arg_min,
    exp.ArrayAgg: _list,
    exp.Bracket: _element,
    exp.CTE: _cte,
    exp.Dot: _in_raw,
    exp.Filter: _filter,
    exp.Interval: _interval,
    exp.Literal: _number,
    exp.Mode: _mode,
    exp.RegexpExtract: _extract,
    exp.RegexpFullMatch: _full_match,
    exp.Sum: _sum,
    exp.Table: _table,
    exp.Try: _try,
}


class SparkTarget(Spark):
    """Spark's dialect as sqlglot writes it, with what it lacks for this project."""

    class Generator(Spark.Generator):
        """Writes Spark's SQL."""

        TRANSFORMS: ClassVar = {
            **Spark.Generator.TRANSFORMS,
            exp.ArrayOverlaps: lambda self, e: self.func("ARRAYS_OVERLAP", e.this, e.expression),
        }
