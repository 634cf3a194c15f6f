"""Label sets beside one another in `quality.extraction_scores`."""

from pathlib import Path

from papertally.pipeline.runs import now
from papertally.scoring.evaluate import evaluate, land_evaluation
from papertally.settings import SAMPLE_LABELS, load_settings
from papertally.warehouse.build_file import build_connection


def scored(home: Path, labels: Path) -> list[tuple[str, int]]:
    """Land the scores of a set; return the sets that `quality` now holds, with their papers."""
    settings = load_settings({"PAPERTALLY_HOME": str(home)})
    evaluation = evaluate(settings, labels)
    with build_connection(settings) as con:
        land_evaluation(con, evaluation, now())
        return con.sql(
            "select label_set, paper_count from quality.extraction_scores"
            " where match_rule = 'strict' and entity_type = 'all'"
            " and label_set in ('labels', 'other') order by label_set"
        ).fetchall()


def test_a_set_lands_beside_the_others_and_replaces_only_itself(
    home_copy: Path, tmp_path: Path
) -> None:
    lines = SAMPLE_LABELS.read_text(encoding="utf-8").splitlines(keepends=True)
    other = tmp_path / "other.jsonl"
    other.write_text("".join(lines[:20]), encoding="utf-8")
    assert scored(home_copy, other) == [("labels", len(lines)), ("other", 20)]
    other.write_text("".join(lines[20:25]), encoding="utf-8")
    assert scored(home_copy, other) == [("labels", len(lines)), ("other", 5)]
