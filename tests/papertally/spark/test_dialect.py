"""What the models say to DuckDB, said to Spark: where the two mean different things."""

import pytest

sqlglot = pytest.importorskip("sqlglot", reason="make spark installs it")


@pytest.mark.parametrize(
    ("duckdb", "spark"),
    [
        pytest.param(
            "select arg_min(a, b) from t",
            "SELECT MIN_BY(a, b) FILTER(WHERE NOT a IS NULL) FROM t",
            id="a value that is null is passed over",
        ),
        pytest.param(
            "select arg_min(a, b) filter (where c) from t",
            "SELECT MIN_BY(a, b) FILTER(WHERE c AND NOT a IS NULL) FROM t",
            id="and where a condition stands",
        ),
        pytest.param(
            "select arg_min_null(a, row(b, c)) from t",
            "SELECT MIN_BY(a, STRUCT(b, c)) FROM t",
            id="unless it is asked for",
        ),
        pytest.param(
            "select l[1], l[-1] from t",
            "SELECT TRY_ELEMENT_AT(l, 1), TRY_ELEMENT_AT(l, -1) FROM t",
            id="lists are counted from one",
        ),
        pytest.param(
            "select list_slice(l, 2, 4) from t", "SELECT SLICE(l, 2, 3) FROM t", id="slices"
        ),
        pytest.param(
            "select mode(x order by x) from t", "SELECT MODE(x, TRUE) FROM t", id="the least mode"
        ),
        pytest.param(
            "select regexp_full_match(a, 'x|y') from t",
            "SELECT a RLIKE '^(?:x|y)$' FROM t",
            id="a match of the whole",
        ),
        pytest.param(
            "select regexp_extract(a, 'x(y)', 1, 'i') from t",
            "SELECT REGEXP_EXTRACT(a, '(?i)x(y)') FROM t",
            id="options of a pattern",
        ),
        pytest.param(
            "select regexp_extract(a, 'x' || b, 1) from t",
            "SELECT REGEXP_EXTRACT(a, 'x' || b) FROM t",
            id="patterns that are put together",
        ),
        pytest.param(
            "select regexp_extract(a, 'x(y)') from t",
            "SELECT REGEXP_EXTRACT(a, 'x(y)', 0) FROM t",
            id="no group is the whole",
        ),
        pytest.param(
            "select try(url_decode(a)) from t",
            "SELECT URL_DECODE(a) FROM t",
            id="what is tried",
        ),
        pytest.param(
            "select 1.96 * x from t",
            "SELECT CAST('1.96' AS DOUBLE) * x FROM t",
            id="fractions are floats",
        ),
        pytest.param(
            "select raw.iso_date(x) from warehouse.raw.papers",
            "SELECT RAW_ISO_DATE(x) FROM raw.papers",
            id="functions and tables of the file",
        ),
        pytest.param(
            "select d + interval 1 quarter from t",
            "SELECT d + INTERVAL '3' MONTH FROM t",
            id="quarters",
        ),
        pytest.param(
            "with a as materialized (select 1 as b) select b from a order by b",
            "WITH a AS (SELECT 1 AS b) SELECT b FROM a ORDER BY b NULLS LAST",
            id="nulls come last",
        ),
    ],
)
def test_meaning_is_kept(duckdb: str, spark: str) -> None:
    from papertally.spark.dialect import translate

    assert translate(duckdb) == spark


def test_ordered_lists_are_sorted_by_their_keys() -> None:
    from papertally.spark.dialect import translate

    said = translate("select list(x order by y desc, z) filter (where x > 1) from t")
    assert "ARRAY_SORT(COLLECT_LIST(STRUCT(y AS k0, z AS k1, x AS x)) FILTER(WHERE x > 1)" in said
    assert "a.k0 > b.k0 THEN -1" in said
    assert "a.k1 < b.k1 THEN -1" in said


def test_what_cannot_be_said_is_refused() -> None:
    from papertally.spark.dialect import translate

    with pytest.raises(sqlglot.errors.SqlglotError):
        translate("select title[2:5] from papers")
