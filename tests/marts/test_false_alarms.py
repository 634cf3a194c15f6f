"""On data without a trend the alarms of the marts are as rare as they state."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

ROUNDS = 60
# With no trend anywhere every alarm is false, so in at most 5 % of the rounds there may be any.
# More than 8 of 60 rounds would happen by chance in 1 of 300 such tests.
MOST_ROUNDS_WITH_ALARMS = 8

# 60 names of all frequencies among 4,000 papers of a year, on days that tell nothing
SIMULATE = """
create or replace table marts.entity_papers as
with papers as (
    select n as paper_id, (date '2024-01-01' + to_months(floor(12 * random())::int))::date as month
    from range(4000) as numbers (n)
),
names as (
    select 'model:' || n as entity_id, 0.001 * (1.06 ** n) as chance
    from range(60) as numbers (n)
),
-- a draw of its own for each paper and name: as a join condition it would be drawn once a name
draws as (
    select *, random() as draw
    from papers
    cross join names
)
select
    entity_id,
    'model' as entity_type,
    paper_id::varchar as paper_id,
    month as published_month,
    date_trunc('year', month)::date as published_year,
    true as has_abstract,
    false as is_introduced
from draws
where draw < chance;

create or replace table marts.dim_entities as
select
    entity_id,
    any_value(entity_type) as entity_type,
    date '2020-01-01' as first_mentioned_on
from marts.entity_papers
group by entity_id;
"""
# every month holds a twelfth of the papers; what the shares are of is known without a draw
CORPUS = """
create or replace table marts.corpus_month_counts as
select
    (date '2024-01-01' + to_months(n::int))::date as published_month,
    333 as eligible_paper_count,
    true as is_complete
from range(12) as numbers (n);

create or replace table marts.corpus_year_counts as
select date '2024-01-01' as published_year, 4000 as eligible_paper_count, true as is_complete;
"""
GROW = """
update marts.entity_papers
set published_month = date '2024-12-01'
where entity_id = 'model:59' and published_month < date '2024-10-01' and random() < 0.5
"""


@pytest.fixture
def simulated() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a warehouse of simulated papers, each round drawn by the same seed."""
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as warehouse; use warehouse; create schema marts")
        con.execute("set threads = 1")
        con.execute("select setseed(0.20241)")
        con.execute(CORPUS)
        yield con


@pytest.fixture(scope="session")
def compiled(published_home: Path) -> Path:
    """The folder of the marts' SQL as dbt ran it."""
    return published_home / "build" / "dbt" / "compiled" / "papertally" / "models" / "marts"


ALARMS = {
    "entity_trends": "trend in ('rising', 'falling') and window_name = 'three_months'",
    "entity_change_points": "is_change and period = 'month'",
}


@pytest.mark.parametrize("mart", ALARMS)
def test_alarms_without_a_trend_are_as_rare_as_stated(
    simulated: duckdb.DuckDBPyConnection, compiled: Path, mart: str
) -> None:
    count = f"select count(*) from ({(compiled / f'{mart}.sql').read_text()}) where {ALARMS[mart]}"
    rounds = 0
    for _ in range(ROUNDS):
        simulated.execute(SIMULATE)
        rounds += simulated.sql(count).fetchall()[0][0] > 0
    assert rounds <= MOST_ROUNDS_WITH_ALARMS


@pytest.mark.parametrize("mart", ALARMS)
def test_a_real_trend_is_found(
    simulated: duckdb.DuckDBPyConnection, compiled: Path, mart: str
) -> None:
    simulated.execute(SIMULATE)
    ((least, most),) = simulated.sql(
        """select min(paper_count), max(paper_count)
        from (select count(*) as paper_count from marts.entity_papers group by entity_id)"""
    ).fetchall()
    assert 0 < least < 20 < most < 200
    simulated.execute(GROW)
    sql = (compiled / f"{mart}.sql").read_text()
    found = simulated.sql(f"select entity_id from ({sql}) where {ALARMS[mart]}").fetchall()
    assert found == [("model:59",)]
