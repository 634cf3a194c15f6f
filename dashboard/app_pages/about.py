"""About: how counting works, its limits, how to cite, licences, and everything to take along."""

from functools import partial
from typing import Final, Literal

import polars as pl
import streamlit as st

from dashboard import address, downloads, phrases, warehouse
from dashboard.frame import whole_corpus
from dashboard.markup import Markup, element, joined, table, text
from dashboard.warehouse import Snapshot
from queries import corpus, exports, loads, schema

_COUNTING: Final = """
**A mention** is a place in a title or an abstract where a model, a dataset, a metric or a method is
named. Every occurrence counts, whole words only, and the longest name wins: “GPT-3.5” is not GPT-3.

**Names** come from a vocabulary of known entities with their spellings, and from the papers: what a
paper proposes, abbreviates or opens its title with is a name in that paper. Strings that could mean
something else count only with evidence beside them; those without are listed under Quality.

**A share** is the papers that name an entity among all papers with an abstract. Its interval is the
95 % score interval of E. B. Wilson (1927). It covers chance, not errors of matching and not the
choice of the corpus.

**Time** is taken as stated: a year, a month or a day. Papers without a date are counted apart and
never dropped; no date is guessed.
"""

_MEASURES: Final = """
**Rising and falling** compare a name's share in the last complete window, twelve months where there
are so many, with its share in the window before, by the exact conditional binomial test. A name is
listed where its p-value after Benjamini and Hochberg (q) is at most 0.05: of all alarms, at most
5 % are expected to be false. Names in fewer than 5 papers are not tested, and new names have no
growth.

**A change point** is the border between two periods at which one change of share explains the
counts best, tested likewise and corrected for the borders that were tried. One a name and length of
period.

**Named together** counts papers with an abstract that name both. Lift is how many times more often
that is than by chance; NPMI is its logarithm between -1 and 1.

**The score of a new name** is the share of the odds that its company gives to its type. From 0.9 on
it counts, unless papers define it as different things.

An **unfinished period**, in which the corpus ends, is hatched and in no test.
"""

_LIMITS: Final = """
- A mention is not use, and not approval.
- Titles and abstracts only: datasets and metrics are often named in the body alone.
- A share of this corpus is not a share of all research.
- New names are missed until a paper defines them or somebody lists them, so the newest months look
  poorer than they are.
- Counts made with different vocabularies do not compare.
"""


# By the start of a format's name; the formats' own pages in docs/formats say more.
_TERMS: Final = {
    "arxiv": "arXiv's metadata is CC0 1.0",
    "acl": "ACL Anthology: CC BY 4.0 since 2016, CC BY-NC-SA 3.0 before",
    "hf": "titles and abstracts are arXiv's metadata, CC0; the listing itself states no licence",
    "openalex": "OpenAlex: CC0",
}


def main() -> None:
    """Compose the page."""
    snapshot = warehouse.published()
    within = address.scope()
    fresh = snapshot.read(corpus.freshness)
    st.title("About these numbers", anchor=False)
    whole_corpus("the files hold everything; only the line to cite names those that are on", within)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header("How counting works", anchor="counting")
        st.markdown(_COUNTING)
        st.header("Measures", anchor="measures")
        st.markdown(_MEASURES)
        st.header("Limits", anchor="limits")
        st.markdown(_LIMITS)
    with right:
        st.header("How to cite", anchor="cite")
        st.code(
            downloads.citation(fresh, within, "Counts of names in papers"),
            language=None,
            wrap_lines=True,
        )
        st.code(
            downloads.bibtex(fresh, within, "Counts of names in papers"),
            language=None,
            wrap_lines=True,
        )
        st.caption("It names the filters that are on now. CITATION.cff cites the software.")
        st.header("Licences", anchor="licences")
        st.markdown(
            "Papertally and its vocabulary are under Apache-2.0. Counts are facts and free to "
            "use. Titles and abstracts belong to their authors and publishers and come under the "
            "terms of their sources; read those before you pass a whole warehouse on:"
        )
        st.html(_licences(snapshot))
    _downloads(snapshot)


def _licences(snapshot: Snapshot) -> Markup:
    """Return the sources that were read, each with what its format's publisher states."""
    read = snapshot.read(loads.loads).filter(~pl.col("is_refused"))
    known = read.group_by("source_name", "format_name", maintain_order=True).agg(
        pl.col("landed_count").sum(), pl.col("source_query").drop_nulls().unique().sort()
    )

    def terms(format_name: str) -> str:
        return next(
            (words for start, words in _TERMS.items() if format_name.startswith(start)),
            "its file states none; ask who made it",
        )

    def asked(queries: list[str]) -> str:
        """Return by which queries its papers were chosen."""
        return f"asked: {'; '.join(queries)}" if queries else "chosen by whoever made the file"

    return table(
        "Sources of the papers and their terms",
        ["source", "records", "terms"],
        (
            (
                joined(
                    [
                        text(row["source_name"]),
                        element("div", text(row["format_name"]), "pt-note"),
                        element("div", text(asked(row["source_query"])), "pt-note"),
                    ]
                ),
                text(phrases.number(row["landed_count"])),
                text(terms(row["format_name"])),
            )
            for row in known.iter_rows(named=True)
        ),
        numeric=(1,),
        stacks=True,
    )


def _downloads(snapshot: Snapshot) -> None:
    st.header("Take everything along", anchor="downloads")
    size = snapshot.path.stat().st_size / 1e6
    st.download_button(
        f"The whole warehouse, one DuckDB file ({size:,.0f} MB)",
        partial(snapshot.path.open, "rb"),
        file_name=snapshot.path.name,
        mime="application/vnd.duckdb",
        on_click="ignore",
        icon=":material/database:",
        type="primary",
    )
    st.caption("Open it with `duckdb FILE`; it holds all that these pages show, and the raw rows.")
    st.caption("`papertally export` writes the same tables, as JSON lines too, with metadata.")
    tables = snapshot.read(schema.tables)
    chosen = address.one_in_list(
        "One table alone", tables["table_name"].to_list(), "table", nothing="choose a table"
    )
    if not chosen:
        return
    row = tables.filter(tables["table_name"] == chosen).row(0, named=True)
    st.html(element("p", text(row["description"] or "")))
    with st.container(horizontal=True):
        formats: tuple[tuple[str, Literal["parquet", "csv"], str], ...] = (
            ("Parquet", "parquet", "application/vnd.apache.parquet"),
            ("CSV", "csv", "text/csv"),
        )
        for label, suffix, mime in formats:
            st.download_button(
                f"{label}, {phrases.counted(row['row_count'], 'row')}",
                partial(exports.whole_table, str(snapshot.path), chosen, suffix),
                file_name=f"{chosen}.{suffix}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
            )


main()
