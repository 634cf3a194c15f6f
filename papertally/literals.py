"""Values written into SQL where a statement takes no parameters: paths, comments, examples."""

from datetime import date
from typing import cast


def literal(value: object) -> str:
    """Return a value as DuckDB writes it; what is no number, date or list is written as a text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, list | tuple):
        items = cast("list[object] | tuple[object, ...]", value)
        return f"[{', '.join(literal(item) for item in items)}]"
    quoted = str(value).replace("'", "''")
    return f"'{quoted}'"
