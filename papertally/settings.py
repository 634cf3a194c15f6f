"""Settings: where everything is written, and how much of the machine to use."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papertally.errors import UsageError

PROJECT_ROOT: Final = Path(__file__).resolve().parent.parent
"""The folder of dbt_project.yml; models, seeds and samples are read from here."""

SAMPLE_PAPERS: Final = PROJECT_ROOT / "samples" / "papers.jsonl"
SAMPLE_LABELS: Final = PROJECT_ROOT / "samples" / "labels.jsonl"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the environment decides. The reference of settings is made from these lines.

    Attributes:
        home: where everything is written; PAPERTALLY_HOME, ./warehouse
        keep_versions: published files kept, the current one included; PAPERTALLY_KEEP_VERSIONS, 3
        threads: threads of the build; PAPERTALLY_THREADS, all cores
        memory_limit: DuckDB's memory limit for the build; PAPERTALLY_MEMORY_LIMIT, 6GB
        lock_wait: seconds to wait for another run to end; PAPERTALLY_LOCK_WAIT, 60
    """

    home: Path
    keep_versions: int
    threads: int
    memory_limit: str
    lock_wait: int

    @property
    def build_dir(self) -> Path:
        """Private to the pipeline: the build file, dbt's target and logs, spilled data."""
        return self.home / "build"

    @property
    def build_file(self) -> Path:
        """The file that the pipeline works in; readers never open it."""
        return self.build_dir / "warehouse.duckdb"

    @property
    def checked_marker(self) -> Path:
        """Exists while the build file is as the gate passed it; names the run."""
        return self.build_dir / "checked.json"

    @property
    def versions_dir(self) -> Path:
        """The published files, each under the name of its run."""
        return self.home / "versions"

    @property
    def current(self) -> Path:
        """The pointer that readers follow."""
        return self.home / "current.duckdb"

    @property
    def publications(self) -> Path:
        """The history of what readers were pointed to: JSON Lines, only ever appended to."""
        return self.home / "publications.jsonl"

    @property
    def data_docs(self) -> Path:
        """The pages that Great Expectations writes."""
        return self.home / "data_docs"


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Raises:
        UsageError: naming every setting that makes no sense, not only the first.
    """
    wrong: list[str] = []

    def whole_number(name: str, default: int, least: int) -> int:
        text = environment.get(name, str(default))
        if text.isdecimal() and int(text) >= least:
            return int(text)
        wrong.append(f"{name} is {text!r}; give a whole number of {least} or more")
        return default

    settings = Settings(
        home=Path(environment.get("PAPERTALLY_HOME") or "warehouse").absolute(),
        keep_versions=whole_number("PAPERTALLY_KEEP_VERSIONS", 3, 1),
        threads=whole_number("PAPERTALLY_THREADS", os.cpu_count() or 2, 1),
        memory_limit=environment.get("PAPERTALLY_MEMORY_LIMIT", "6GB"),
        lock_wait=whole_number("PAPERTALLY_LOCK_WAIT", 60, 0),
    )
    if wrong:
        raise UsageError("; ".join(wrong) + ".")
    return settings
