"""What is published, how fresh it is, and what the last gate said."""

from pathlib import Path
from typing import Any

import duckdb

from papertally import __version__
from papertally.settings import Settings
from papertally.warehouse.history import versions
from papertally.warehouse.published_file import published_file, read_only_connection

COUNTS = """
select
    (select count(*) from marts.dim_papers) as papers,
    (select count(*) from marts.fct_mentions) as mentions,
    (select count(*) from marts.entity_counts) as entities_named,
    (select count(*) from quality.rejected_papers) as rejected_records
"""
FRESHNESS = """
select
    (select max(loaded_at) from quality.loads) as last_load_at,
    (select max(finished_at) from quality.runs) as built_at,
    (select min(published_on) from marts.dim_papers) as oldest_paper_on,
    (select max(published_on) from marts.dim_papers) as newest_paper_on
"""
LAST_GATE = """
select
    run_id,
    max(checked_at) as checked_at,
    bool_and(is_passed or severity <> 'critical') as is_passed,
    count(*) as checks,
    count(*) filter (where not is_passed) as failed
from quality.check_results
where run_id = (select max(run_id) from quality.check_results)
group by run_id
"""


def status(settings: Settings) -> dict[str, Any]:
    """Return paths, versions, counts, freshness and the last gate, ready for JSON.

    Counts are of the published file; they are absent while nothing is published.
    """
    current = published_file(settings)
    report: dict[str, Any] = {
        "papertally_version": __version__,
        "duckdb_version": duckdb.__version__,
        "home": str(settings.home),
        "current": str(settings.current),
        "published_file": str(current) if current else None,
        "versions": [path.name for path in versions(settings)],
        "build_file": _if_there(settings.build_file),
        "data_docs": _if_there(settings.data_docs / "index.html"),
    }
    if current:
        with read_only_connection(current) as con:
            for name, query in (("counts", COUNTS), ("freshness", FRESHNESS), ("gate", LAST_GATE)):
                rows = con.sql(query).pl().to_dicts()
                report[name] = rows[0] if rows else None
    return report


def _if_there(path: Path) -> str | None:
    return str(path) if path.exists() else None
