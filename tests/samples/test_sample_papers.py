"""The embedded papers: enough, of many years, with true facts, in our own words."""

import re

MIN_WORDS, MAX_WORDS = 40, 90
RUN = 8


def words(text):
    return re.findall(r"\w+", text.casefold())


def runs(text):
    """Every run of eight words, punctuation stripped, case folded."""
    found = words(text)
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def test_there_are_at_least_two_hundred_papers_with_ids_of_their_own(papers):
    assert len(papers) >= 200
    assert len({paper["paper_id"] for paper in papers}) == len(papers)
    assert len({paper["title"] for paper in papers}) == len(papers)


def test_they_span_at_least_eight_years(papers):
    assert len({paper["published"][:4] for paper in papers}) >= 8
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", paper["published"]) for paper in papers)


def test_they_land_without_a_reject(papers):
    fields = {"paper_id", "title", "abstract", "published", "venue", "url"}
    for paper in papers:
        assert set(paper) == fields
        assert all(isinstance(value, str) and value.strip() for value in paper.values()), paper


def test_every_summary_has_forty_to_ninety_words(papers):
    lengths = {paper["paper_id"]: len(paper["abstract"].split()) for paper in papers}
    assert {
        paper_id: length
        for paper_id, length in lengths.items()
        if not MIN_WORDS <= length <= MAX_WORDS
    } == {}


def test_no_two_summaries_share_a_sentence(papers):
    seen = {}
    for paper in papers:
        for sentence in re.split(r"(?<=[.!?])\s+", paper["abstract"]):
            if len(words(sentence)) >= RUN:
                other = seen.setdefault(sentence.casefold(), paper["paper_id"])
                assert other == paper["paper_id"], sentence


def test_the_index_has_one_row_a_paper(papers, sources):
    assert [row["paper_id"] for row in sources] == [paper["paper_id"] for paper in papers]
    corpora = {"acl_anthology", "arxiv_daily_2025_2026", "hf_daily_papers", "ml_anthology"}
    assert {row["source_corpus"] for row in sources} <= corpora


def test_the_facts_are_those_of_the_corpus_that_the_index_names(papers, sources, originals):
    taken = {row["paper_id"]: row["facts_taken"].split() for row in sources}
    for paper in papers:
        facts = taken[paper["paper_id"]]
        assert set(facts) == {"title", "published", "venue", "url"}
        original = originals[paper["paper_id"]]
        assert {name: paper[name] for name in facts} == {name: original[name] for name in facts}


def test_no_run_of_eight_words_is_taken_from_the_original(papers, originals):
    copied = {
        paper["paper_id"]: [" ".join(run) for run in shared_runs]
        for paper in papers
        if (
            shared_runs := runs(paper["abstract"])
            & runs(originals[paper["paper_id"]]["abstract"] or "")
        )
    }
    assert copied == {}


def test_the_check_for_copies_sees_one(originals):
    original = max((row["abstract"] or "" for row in originals.values()), key=len)
    copy = " ".join(original.split()[3:15]).upper().replace(" ", ", ")
    assert runs(copy) & runs(original)
