"""The matching engine: a batch of texts and a vocabulary in, spans out.

Arrow in, Arrow out; nothing here knows of DuckDB, dbt or a table.
"""

from matching.companies import find_companies
from matching.engine import find_mentions
from matching.occurrences import find_definitions
from matching.vocabulary import Vocabulary, compile_vocabulary

__all__ = [
    "Vocabulary",
    "compile_vocabulary",
    "find_companies",
    "find_definitions",
    "find_mentions",
]
