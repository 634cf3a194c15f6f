"""An item of each format of paper sources that is written in JSON."""

HF = {
    "paper": {
        "id": "2401.00001",
        "authors": [{"name": "Ada One", "hidden": False}, {"name": "Bo Two"}],
        "publishedAt": "2024-01-01T10:00:00.000Z",
        "title": "T",
        "summary": "Line one\nline two",
        "upvotes": 3,
    },
    "publishedAt": "2024-01-03T00:00:00.000Z",
    "title": "T",
}
KAGGLE = {
    "id": "0704.0001",
    "submitter": "S",
    "authors": "A. One and B. Two",
    "title": "T\n  U",
    "doi": "10.1000/x",
    "journal-ref": "J 1",
    "categories": "cs.CL",
    "abstract": "  An abstract\nin lines.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"},
        {"version": "v2", "created": "Tue, 24 Jul 2007 20:10:27 GMT"},
    ],
    "update_date": "2008-11-26",
    "authors_parsed": [["One", "A.", ""], ["Two", "B.", "Jr."]],
}
DAILY_ABS = {
    "id": "2601.00001",
    "abs": "https://arxiv.org/abs/2601.00001",
    "authors": ["A. One"],
    "title": "T",
    "summary": "S",
}
DAILY_ENTRY = {
    "arxiv_id": "0310123v3",
    "title": "T",
    "authors": ["A. One"],
    "abstract": "S",
    "published": "2003-10-10T15:55:22+00:00",
    "updated": "2004-01-01T00:00:00+00:00",
    "entry_url": "http://arxiv.org/abs/hep-ph/0310123v3",
}
WORK = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.48550/arxiv.2401.00001",
    "title": "T",
    "publication_date": "2024-01-01",
    "primary_location": {
        "landing_page_url": "https://arxiv.org/abs/2401.00001",
        "source": {"display_name": "arXiv", "type": "repository"},
    },
    "authorships": [{"author": {"display_name": "A. One"}}],
    "abstract_inverted_index": {"We": [0], "test": [1, 3], "and": [2]},
}
S2 = {
    "paperId": "abc",
    "externalIds": {"ArXiv": "2401.00001", "DOI": "10.1000/x", "ACL": "2024.acl-long.1"},
    "title": "T",
    "abstract": None,
    "venue": "",
    "journal": {"name": "J"},
    "year": 2024,
    "publicationDate": None,
    "authors": [{"authorId": "1", "name": "A. One"}],
}
NOTE = {
    "id": "f1",
    "forum": "f1",
    "invitations": ["V/-/Submission"],
    "cdate": 1609459200000,
    "content": {
        "title": {"value": "T"},
        "abstract": {"value": "S"},
        "authors": {"value": ["A. One"]},
        "venue": {"value": "V 2021"},
    },
}
COPILOT = {
    "id": "f1",
    "title": "T",
    "track": "main",
    "status": "Poster",
    "abstract": "S",
    "author": "A. One;B. Two",
    "bibtex": "@inproceedings{\nx,\nbooktitle={The Conference},\nyear={2025},\n}",
    "site": "https://openreview.net/forum?id=f1",
}
ANTHOLOGY = {
    "bibtex_key": "one2021icml-t",
    "title": "T",
    "authors": [{"given": "A.", "family": "One"}],
    "year": "2021",
    "venue": "icml",
    "venue_type": "conference",
    "abstract": "S",
    "openreview_url": "https://openreview.net/forum?id=f1",
    "venue_url": "https://example.org/1",
    "doi": "10.1000/x",
}
PWC = {
    "paper_url": "https://paperswithcode.com/paper/a-title",
    "arxiv_id": None,
    "title": "T",
    "abstract": "S",
    "url_abs": "https://aclanthology.org/2020.acl-main.1",
    "url_pdf": "https://aclanthology.org/2020.acl-main.1.pdf",
    "proceeding": "ACL 2020",
    "authors": ["A. One", "B. Two"],
    "tasks": [],
    "date": "2020-07-01",
    "methods": [],
}
SCRAPED = {
    "title": "T",
    "url": "https://huggingface.co/papers/2401.00001",
    "authors": [],
    "pdf_url": "https://arxiv.org/pdf/2401.00001.pdf",
    "abstract": "S",
    "upvotes": 7,
}
ITEMS = {
    "hf-daily": HF,
    "hf-scraped": SCRAPED,
    "arxiv-kaggle": KAGGLE,
    "arxiv-daily": DAILY_ENTRY,
    "openalex": WORK,
    "semantic-scholar": S2,
    "openreview": NOTE,
    "papercopilot": COPILOT,
    "ml-anthology": ANTHOLOGY,
    "pwc": PWC,
}
