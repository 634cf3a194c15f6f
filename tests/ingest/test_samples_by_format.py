"""Every real file by every format: its own finds all, any other refuses or says what is missing."""

import shutil
from pathlib import Path

import pytest

from ingest.errors import InputError, UnreadableFile
from ingest.formats import FORMATS, OF_NO_SOURCE, choose_format
from ingest.land import land_file

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "raw_samples"
FILES = sorted(
    str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*") if path.is_file()
)  # found while collecting, so that every file is a test of its own
FORMAT_OF_FOLDER = {
    "acl_anthology_bib": "bibtex",
    "acl_anthology_xml": "acl-xml",
    "arxiv_api_atom": "arxiv-atom",
    "arxiv_archive_tsv": "arxiv-archive",
    "arxiv_daily_jsonl": "arxiv-daily",
    "arxiv_kaggle_snapshot": "arxiv-kaggle",
    "hf_daily_papers_api": "hf-daily",
    "hf_papers_page_html": "hf-page",
    "hf_papers_text_dump": "hf-dump",
    "hf_rss": "hf-rss",
    "hf_scraped_json": "hf-scraped",
    "ml_anthology": "ml-anthology",
    "openalex_works": "openalex",
    "openreview": "openreview",
    "papercopilot_paperlists": "papercopilot",
    "pmlr_posts_md": "pmlr",
    "semantic_scholar": "semantic-scholar",
}
OWN_FORMAT = {
    name: FORMAT_OF_FOLDER[folder]
    for name in FILES
    if (folder := name.split("/", 1)[0]) in FORMAT_OF_FOLDER
} | {"hf_papers_page_html/2026-04-06.normalized.jsonl": "jsonl"}
EMPTY = "arxiv_api_atom/id_0000.0000_s0_m100_8b51d9633a68.xml"
WITHOUT_PAPERS = {name for name in FILES if name not in OWN_FORMAT} | {
    EMPTY,
    "openreview/iclr2021_ratings.tsv",
}
WITH_PAPERS = sorted(set(FILES) - WITHOUT_PAPERS)
MISLEADING = ("papers.jsonl", "papers.csv", "papers.bib", "papers.ris", "papers", "2024.parquet")

pytestmark = pytest.mark.skipif(not FILES, reason="the shared data is not beside the repository")


@pytest.fixture(scope="module")
def parsed_as(shared, read):
    """What a sample holds by a format, or the error that says why it holds nothing."""

    def parsed_as(name, format_name):
        try:
            return read(shared / "raw_samples" / name, format_name)
        except InputError as error:
            return error

    return parsed_as


@pytest.mark.parametrize("name", WITH_PAPERS)
def test_a_sample_is_known_by_its_content_under_misleading_names(shared, tmp_path, name):
    for misleading in MISLEADING:
        path = tmp_path / misleading
        shutil.copyfile(shared / "raw_samples" / name, path)
        assert choose_format(path).name == OWN_FORMAT[name], misleading


@pytest.mark.parametrize("name", WITH_PAPERS)
def test_the_own_format_is_taken_forced_and_unforced(shared, name):
    path = shared / "raw_samples" / name
    assert choose_format(path) is choose_format(path, OWN_FORMAT[name]) is FORMATS[OWN_FORMAT[name]]


@pytest.mark.parametrize("name", FILES)
def test_any_other_format_refuses_a_sample_or_rejects_all_of_it(
    parsed_as, common_warehouse, shared, name
):
    own = OWN_FORMAT.get(name)
    for other in FORMATS.keys() - {own}:
        found = parsed_as(name, other)
        if isinstance(found, InputError):
            assert name in str(found), other
        elif other in OF_NO_SOURCE and is_read_by_its_own_names(name, own, other):
            assert found.records, other
        else:
            assert not found.records, other
            assert all(reject["rule"] and reject["detail"] for reject in found.rejects), other
            if not found.rejects:
                with pytest.raises(UnreadableFile, match=f"no record .* recognised as {other}"):
                    land_file(
                        common_warehouse,
                        shared / "raw_samples" / name,
                        FORMATS[other],
                        source_name="s",
                        loaded_by="the tests",
                        columns={},
                    )


def is_read_by_its_own_names(name, own, other):
    """Whether a source calls its titles and abstracts as we do, so that `jsonl` or `csv` read it.

    That is asked for where a source's dates and identifiers are not wanted.
    """
    is_table = name.endswith((".tsv", ".csv", ".tsv.xz"))
    same_names = {
        "arxiv-archive",
        "arxiv-daily",
        "arxiv-kaggle",
        "hf-scraped",
        "ml-anthology",
        "openreview",
        "papercopilot",
        "semantic-scholar",
    }
    return own in same_names and other == ("csv" if is_table else "jsonl")
