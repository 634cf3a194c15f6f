"""The process that `papertally build --target spark` starts: a session, and dbt in it."""

import sys
from itertools import pairwise
from typing import Any, Final

import sqlglot
from dbt.adapters.spark import session as dbt_session
from dbt.cli.main import dbtRunner
from dbt_common.exceptions import DbtRuntimeError
from sqlglot.errors import SqlglotError

from papertally.settings import load_settings
from papertally.spark.dialect import translate
from papertally.spark.session import finish, start

BUILD: Final = "build"
WRITTEN_FOR_DUCKDB: Final = ("select", "with")


class TranslatingCursor(dbt_session.Cursor):
    """Hands dbt-spark's own statements on as they are, and the project's SQL translated."""

    def execute(self, sql: str, *parameters: Any) -> None:
        """Run one statement.

        Raises:
            DbtRuntimeError: it cannot be said in Spark's SQL, or Spark refuses it.
        """
        if is_of_the_project(sql):
            try:
                sql = translate(sql)
            except SqlglotError as error:
                raise DbtRuntimeError(f"This SQL cannot be said to Spark: {error}") from error
        super().execute(sql, *parameters)


def is_of_the_project(statement: str) -> bool:
    """Say whether a statement is a query, or makes a table or view from one."""
    words = sqlglot.tokenize(statement, read="duckdb")
    if not words:
        return False
    if words[0].text.lower() in WRITTEN_FOR_DUCKDB:
        return True
    return words[0].text.lower() == "create" and any(
        word.text.lower() == "as" and after.text.lower() in WRITTEN_FOR_DUCKDB
        for word, after in pairwise(words)
    )


def main() -> None:
    """Start the session over the lake given first, then run dbt with the other arguments."""
    lake, *arguments = sys.argv[1:]
    spark, store = start(load_settings(), lake)
    dbt_session.Cursor = TranslatingCursor
    done = dbtRunner().invoke(arguments)
    if done.success and BUILD in arguments:
        finish(store)
    spark.stop()
    if done.exception is not None:
        raise done.exception
    sys.exit(0 if done.success else 1)


if __name__ == "__main__":
    main()
