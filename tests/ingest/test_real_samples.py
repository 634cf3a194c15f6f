"""Real files of the sources, parsed as they are. Skipped where they are absent."""

import gzip
import json
import lzma

import pytest

from ingest.errors import MissingColumn, UnknownFormat
from ingest.formats import choose_format

SAMPLES = [
    ("hf_daily_papers_api/2024-05-27.json", "hf-daily", 13, 0),
    ("hf_daily_papers_api/2024-12-26.json", "hf-daily", 4, 0),
    ("hf_daily_papers_api/2025-01-10.json", "hf-daily", 9, 0),
    ("hf_daily_papers_api/2025-07-08.json", "hf-daily", 16, 0),
    ("hf_daily_papers_api/2026-08-21.json", "hf-daily", 17, 0),
    ("hf_papers_page_html/2026-04-06.html", "hf-page", 17, 0),
    ("hf_papers_page_html/2026-04-06.normalized.jsonl", "jsonl", 17, 0),
    ("hf_papers_text_dump/paper_metadata_2024-06-21.txt", "hf-dump", 50, 0),
    ("hf_papers_text_dump/paper_metadata_2026-08-21.txt", "hf-dump", 50, 0),
    ("hf_scraped_json/2024-01-02.json", "hf-scraped", 8, 0),
    ("arxiv_kaggle_snapshot/arxiv-metadata-oai-snapshot.first200.json", "arxiv-kaggle", 200, 0),
    ("arxiv_daily_jsonl/arxiver_2025-10-09.jsonl", "arxiv-daily", 356, 0),
    ("arxiv_daily_jsonl/dw-dengwei_2026-01-15.jsonl", "arxiv-daily", 278, 0),
    ("arxiv_daily_jsonl/everyday-arXiv_2003-10-10.json", "arxiv-daily", 1, 0),
    ("arxiv_archive_tsv/cs.GL.tsv.xz", "arxiv-archive", 180, 0),
    ("ml_anthology/icml-2021.json.gz", "ml-anthology", 1182, 0),
    ("openalex_works/openalex_works.select.json", "openalex", 2, 0),
    ("openalex_works/works_full_objects.jsonl", "openalex", 9, 0),
    ("semantic_scholar/graph_v1_responses.jsonl", "semantic-scholar", 20, 1),
    ("semantic_scholar/test_get_papers_return_not_found_0.json", "semantic-scholar", 3, 1),
    ("openreview/iclr2021_paperlist.first600.tsv", "openreview", 599, 0),
    ("openreview/iclr2023_20230210.csv", "openreview", 3851, 1023),
    ("papercopilot_paperlists/colm2025.json", "papercopilot", 418, 0),
    ("papercopilot_paperlists/corl2024.json", "papercopilot", 264, 0),
    ("papercopilot_paperlists/iclr2017.json", "papercopilot", 489, 1),
]


@pytest.fixture
def sample(shared, write):
    """A sample as a plain file of its own name."""

    def sample(name):
        path = shared / "raw_samples" / name
        unpack = {".gz": gzip.decompress, ".xz": lzma.decompress}.get(path.suffix)
        return path if unpack is None else write(path.stem, unpack(path.read_bytes()))

    return sample


@pytest.mark.parametrize(
    ("name", "format_name", "record_count", "reject_count"),
    SAMPLES,
    ids=[name for name, *_ in SAMPLES],
)
def test_every_record_of_a_sample_is_read(
    sample, read, name, format_name, record_count, reject_count
):
    path = sample(name)
    assert choose_format(path).name == format_name
    parsed = read(path)
    assert (len(parsed.records), len(parsed.rejects)) == (record_count, reject_count)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "hf_daily_papers_api/2024-05-27.json",
            {
                "arxiv_id": "2405.15738",
                "published": "2024-05-24T17:34:15.000Z",
                "published_kind": "submitted",
                "upvotes": 32,
            },
        ),
        (
            "arxiv_kaggle_snapshot/arxiv-metadata-oai-snapshot.first200.json",
            {
                "arxiv_id": "0704.0001",
                "authors": "C. Balázs; E. L. Berger; P. M. Nadolsky; C. -P. Yuan",
                "published": "2007-04-02T19:18:42Z",
                "published_kind": "submitted",
                "updated": "2007-07-24T20:10:27Z",
                "doi": "10.1103/PhysRevD.76.013009",
                "venue": "Phys.Rev.D76:013009,2007",
            },
        ),
        (
            "arxiv_daily_jsonl/everyday-arXiv_2003-10-10.json",
            {
                "arxiv_id": "hep-ph/0310123v3",
                "published": "2003-10-10T15:55:22+00:00",
                "updated": "2026-04-16T10:31:58+00:00",
            },
        ),
        (
            "arxiv_daily_jsonl/dw-dengwei_2026-01-15.jsonl",
            {"arxiv_id": "2601.09299", "published": "2026-01-15", "published_kind": "listed"},
        ),
        (
            "arxiv_archive_tsv/cs.GL.tsv.xz",
            {
                "arxiv_id": "cs/9301114",
                "authors": "Donald E. Knuth",
                "published": "1991-10-31",
                "published_kind": "submitted",
            },
        ),
        (
            "semantic_scholar/graph_v1_responses.jsonl",
            {"arxiv_id": "2304.05376", "doi": "10.1038/s42256-024-00832-8", "upvotes": None},
        ),
        (
            "papercopilot_paperlists/colm2025.json",
            {
                "openreview_id": "0JzWiigkUy",
                "published": "2025",
                "published_kind": "proceedings",
                "venue": "Second Conference on Language Modeling",
            },
        ),
        (
            "ml_anthology/icml-2021.json.gz",
            {"published": "2021", "published_kind": "proceedings", "venue": "icml"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_first_record_is_what_the_file_says(sample, read, name, expected):
    first = read(sample(name)).records[0]
    assert {field: first[field] for field in expected} == expected


def test_the_text_of_a_snapshot_is_kept_verbatim(sample, read):
    path = sample("arxiv_kaggle_snapshot/arxiv-metadata-oai-snapshot.first200.json")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    parsed = read(path)
    assert parsed.column("title") == [line["title"] for line in lines]
    assert parsed.column("abstract") == [line["abstract"] for line in lines]


def test_a_python_repr_is_the_same_paper_as_its_object(sample, read):
    first = read(sample("hf_daily_papers_api/2024-12-26.json")).records[0]
    assert first["title"] == "Token-Budget-Aware LLM Reasoning"
    assert "wide\nrange of tasks" in first["abstract"]
    assert first["authors"].startswith("Tingxu Han; Chunrong Fang; Shiyu Zhao")


def test_an_inverted_abstract_reads_as_a_text(sample, read):
    parsed = read(sample("openalex_works/works_full_objects.jsonl"))
    by_title = {row["title"]: row for row in parsed.records}
    (crow,) = [row for title, row in by_title.items() if title.startswith("ChemCrow")]
    assert crow["abstract"].startswith("Over the last decades, excellent computational chemistry")
    assert (crow["arxiv_id"], crow["published"]) == ("2304.05376", "2023")


@pytest.mark.parametrize(
    "name",
    ["openreview/iclr2021_ratings.tsv", "paperswithcode/evaluation-tables_format_squad.json"],
)
def test_a_file_without_titles_is_refused(sample, read, name):
    with pytest.raises(MissingColumn, match="no column 'title'"):
        read(sample(name))


def test_a_list_of_tasks_is_no_list_of_papers(sample):
    with pytest.raises(UnknownFormat):
        choose_format(sample("paperswithcode/all_tasks.txt"))


def test_a_cut_day_keeps_what_came_before_the_cut(sample, write, read):
    whole = sample("hf_daily_papers_api/2025-07-08.json").read_bytes()
    titles = read(write("a.json", whole)).column("title")
    counts = []
    for end in range(10_000, len(whole) - 10, 15_000):
        parsed = read(write("a.json", whole[:end]), "hf-daily")
        counts.append(len(parsed.records))
        assert parsed.column("title") == titles[: len(parsed.records)]
        assert parsed.rules[-1] == (len(parsed.records) + 1, "malformed_json")
    assert counts == sorted(counts)
    assert counts[-1] >= 12
