"""The gate on what was landed: a load that it refuses stays in raw, out of every model."""

import duckdb

from expectations.results import GateResult, land_results
from papertally.errors import PapertallyError
from papertally.pipeline.runs import now
from papertally.pipeline.verdicts import describe
from papertally.settings import Settings


def judge_loads(settings: Settings, con: duckdb.DuckDBPyConnection, run_id: str) -> GateResult:
    """Let the gate on the landed batch judge every load that it has not judged yet.

    A load that it refuses stays in raw, out of every model, and may be ingested again.

    Raises:
        PapertallyError: a load was refused; the message says which rows.
    """
    unjudged = con.execute(
        "select load_id from raw.loads"
        " where load_id not in (select load_id from raw.load_verdicts) order by loaded_at, load_id"
    ).fetchall()
    load_ids = [load_id for (load_id,) in unjudged]
    if not load_ids:
        return GateResult(gate="landed_batch", checks=())
    from expectations.runner import run_gate

    result = run_gate(
        con,
        "landed_batch",
        run_id=run_id,
        checked_at=now(),
        docs_dir=settings.data_docs,
        load_ids=load_ids,
    )
    con.execute("begin")
    land_results(con, run_id, now(), result)
    is_judged = result.is_passed or bool(result.refused_loads)
    for load_id in load_ids if is_judged else []:
        reason = result.refused_loads.get(load_id)
        con.execute(
            "insert into raw.load_verdicts values ($load_id, $is_accepted, $reason, $judged_at)",
            {
                "load_id": load_id,
                "is_accepted": reason is None,
                "reason": reason,
                "judged_at": now(),
            },
        )
    con.execute("commit")
    if not result.is_passed:
        raise PapertallyError(
            f"The gate refused what was landed; it is in no count.\n{describe(result)}"
        )
    return result
