"""Doors to the matching engine: short names for aliases, plain tuples for mentions."""

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pytest

from matching import compile_vocabulary, find_mentions
from matching.vocabulary import Alias, Cue

Mentions = list[dict[str, Any]]


@pytest.fixture(scope="session")
def alias() -> Callable[..., Alias]:
    """An alias with the usual rules; give what differs."""

    def alias(
        spelling: str,
        alias_id: int = 1,
        entity_type: str = "model",
        case_rule: str = "insensitive",
        ambiguity: str = "safe",
    ) -> Alias:
        return Alias(alias_id, spelling, entity_type, case_rule, ambiguity)  # type: ignore[arg-type]

    return alias


@pytest.fixture(scope="session")
def find_all() -> Callable[..., list[Mentions]]:
    """The mentions in each of some texts."""

    def find_all(
        texts: Sequence[str | None] | pa.Array, aliases: Sequence[Alias], cues: Sequence[Cue] = ()
    ) -> list[Mentions]:
        array = pa.array(texts, type=pa.string()) if isinstance(texts, list) else texts
        return find_mentions(array, compile_vocabulary(aliases, cues)).to_pylist()

    return find_all


@pytest.fixture(scope="session")
def surfaces(find_all: Callable[..., list[Mentions]], alias: Callable[..., Alias]) -> Any:
    """The surfaces found in one text for some spellings of models."""

    def surfaces(text: str, *spellings: str, **rules: str) -> list[str]:
        aliases = [alias(spelling, at, **rules) for at, spelling in enumerate(spellings)]
        return [mention["surface"] for mention in find_all([text], aliases)[0]]

    return surfaces


@pytest.fixture(scope="session")
def sentences(find_all: Callable[..., list[Mentions]], alias: Callable[..., Alias]) -> Any:
    """The sentence of each mention of a spelling in one text."""

    def sentences(text: str, spelling: str = "BERT") -> list[str]:
        return [
            text[mention["sentence_start"] : mention["sentence_end"]]
            for mention in find_all([text], [alias(spelling)])[0]
        ]

    return sentences
