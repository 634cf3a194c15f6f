"""The narrow frames that Great Expectations sees: figures that DuckDB computed, never the text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """A query whose result is small enough to be a pandas frame.

    Attributes:
        name: what one row is about, in the plural; also the name of the suite on it.
        sql: the query. It stands alone, so a person can run it in the build file.
    """

    name: str
    sql: str

    def rows(self, columns: str, where: str, order_by: str = "all") -> str:
        """Return a query that stands alone and gives the profile's rows that break a claim."""
        return (
            f"with {self.name} as (\n{self.sql}\n)\n"
            f"select {columns} from {self.name} where {where} order by {order_by}"
        )
