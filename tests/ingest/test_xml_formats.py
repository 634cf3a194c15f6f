"""arXiv Atom and OAI-PMH, Hugging Face RSS, ACL Anthology XML: what lands from whole documents."""

# ruff: noqa: E501, RUF001  # documents as their sources write them

import pytest

ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
      xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id>
  <entry>
    <id>http://arxiv.org/abs/cs/0101001v2</id>
    <title>One &lt;two&gt;
  &amp; three</title>
    <updated>2001-02-03T00:00:00Z</updated>
    <summary>  We test BERT.  </summary>
    <published>2001-01-02T03:04:05Z</published>
    <arxiv:journal_ref>J. Tests 1</arxiv:journal_ref>
    <author><name>A. Bee</name><arxiv:affiliation>X</arxiv:affiliation></author>
    <author><name>C. Dee</name></author>
    <arxiv:doi>10.1000/x</arxiv:doi>
  </entry>
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id>
    <title>Error</title>
    <summary>incorrect id format for x</summary>
  </entry>
</feed>"""

OAI = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>2026-01-01T00:00:00Z</responseDate>
<ListRecords>
<record><header><identifier>oai:arXiv.org:0704.0001</identifier>
<datestamp>2008-11-26</datestamp></header><metadata>
<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/" xsi:schemaLocation="a b">
 <id>0704.0001</id><submitter>S. Ubmitter</submitter>
 <version version="v1"><date>Mon, 2 Apr 2007 19:18:42 GMT</date><size>1kb</size></version>
 <version version="v2"><date>Tue, 24 Jul 2007 20:10:27 GMT</date></version>
 <title>Photons</title>
 <authors>C. Bal\\'azs (1), E. L. Berger ((1) CERN, Geneva) and C.-P. Yuan</authors>
 <journal-ref>Phys.Rev. 1</journal-ref><doi>10.1103/x</doi><abstract>  We count.
</abstract></arXivRaw></metadata></record>
<record><header status="deleted"><identifier>oai:arXiv.org:0704.0002</identifier>
<datestamp>2008-11-26</datestamp></header></record>
<record><header/><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">
 <id>0704.0003</id><created>2007-04-02</created><updated>2008-01-13</updated>
 <authors><author><keyname>Bee</keyname><forenames>A.</forenames><suffix>Jr</suffix></author>
 <author><keyname>Dee</keyname></author></authors>
 <title>Graphs</title><abstract>We draw.</abstract></arXiv></metadata></record>
<record><header/><metadata><oai_dc:dc xmlns:oai_dc="urn:x"/></metadata></record>
<resumptionToken cursor="0">1|2</resumptionToken>
</ListRecords></OAI-PMH>"""

RSS = """<rss version="2.0"><channel><title>Hugging Face Daily Papers</title>
<item><title>T</title><link>https://arxiv.org/abs/2607.00001</link>
<description>&lt;p&gt;&lt;b&gt;Authors:&lt;/b&gt; A. Bee, C. Dee&lt;/p&gt;&lt;p&gt;&lt;b&gt;Upvotes:&lt;/b&gt;
 52&lt;/p&gt;&lt;p&gt;&lt;b&gt;Summary:&lt;/b&gt; p &amp;lt; 1 in &lt;i&gt;x&lt;/i&gt; AT&amp;amp;T&lt;/p&gt;</description>
<pubDate>Thu, 30 Jul 2026 00:00:00 +0000</pubDate></item>
<item><title>No facts</title><link>https://example.org/p</link><guid>g1</guid></item>
</channel></rss>"""

ACL = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="{collection}">
  <volume id="{volume}"><meta><booktitle>Proceedings of <i>Tests</i></booktitle>
      <month>{month}</month><year>2018</year></meta>
    <frontmatter><url>P18-1000</url></frontmatter>
    <paper id="{paper}">
      <title><fixed-case>B</fixed-case>ert of <tex-math>x^{{2}}</tex-math> and <b>m<i>o</i></b>re</title>
      <author><first>A.</first><last>Bee</last><affiliation>X</affiliation></author>
      <author><last>Dee</last></author>
      <abstract>We count.</abstract>
      <url hash="1">{collection}-x</url><doi>10.18653/v1/x</doi>
    </paper>
    <!-- <paper id="9"><title>Out</title></paper> -->
  </volume>
</collection>"""


def acl(collection="P18", volume="1", paper="1", month="July") -> str:
    return ACL.format(collection=collection, volume=volume, paper=paper, month=month)


def test_an_atom_entry_has_all_that_the_api_says(write, read):
    parsed = read(write("a.xml", ATOM))
    (record,) = parsed.records
    assert record == record | {
        "source_line": 5,
        "source_paper_id": "cs/0101001v2",
        "title": "One <two>\n  & three",
        "abstract": "We test BERT.",
        "authors": "A. Bee; C. Dee",
        "published": "2001-01-02T03:04:05Z",
        "published_kind": "submitted",
        "updated": "2001-02-03T00:00:00Z",
        "venue": "J. Tests 1",
        "url": "http://arxiv.org/abs/cs/0101001v2",
        "arxiv_id": "cs/0101001v2",
        "doi": "10.1000/x",
    }
    assert parsed.rules == [(17, "source_error")]


def test_oai_records_are_dated_by_their_first_version_and_not_by_their_change(write, read):
    parsed = read(write("a.xml", OAI))
    raw, plain = parsed.records
    assert raw == raw | {
        "arxiv_id": "0704.0001",
        "published": "2007-04-02T19:18:42Z",
        "published_kind": "submitted",
        "updated": "2007-07-24T20:10:27Z",
        "authors": "C. Balázs; E. L. Berger; C.-P. Yuan",
        "abstract": "We count.",
        "venue": "Phys.Rev. 1",
        "doi": "10.1103/x",
        "url": "https://arxiv.org/abs/0704.0001",
    }
    assert (plain["published"], plain["updated"]) == ("2007-04-02", "2008-01-13")
    assert plain["authors"] == "A. Bee Jr; Dee"
    assert [rule for _, rule in parsed.rules] == ["deleted_record", "unknown_metadata"]


def test_an_rss_item_has_the_facts_of_its_description(write, read):
    first, second = read(write("a.xml", RSS)).records
    assert first == first | {
        "arxiv_id": "2607.00001",
        "authors": "A. Bee; C. Dee",
        "upvotes": 52,
        "abstract": "p < 1 in <i>x</i> AT&T",
        "published": "2026-07-30",
        "published_kind": "submitted",
    }
    assert (second["source_paper_id"], second["published_kind"]) == ("g1", None)


@pytest.mark.parametrize(
    ("collection", "volume", "paper", "expected"),
    [
        ("P18", "1", "1", "P18-1001"),
        ("W19", "12", "3", "W19-1203"),
        ("W19", "1", "3", "W19-0103"),
        ("D19", "1", "3", "D19-1003"),
        ("D19", "50", "3", "D19-5003"),
        ("C69", "1", "3", "C69-0103"),
        ("2024.acl", "long", "12", "2024.acl-long.12"),
    ],
)
def test_acl_identifiers_follow_the_rules_of_their_time(
    write, read, collection, volume, paper, expected
):
    (record,) = read(write("a.xml", acl(collection, volume, paper))).records
    assert record["acl_id"] == expected
    assert record["url"] == f"https://aclanthology.org/{expected}"


def test_acl_markup_is_text_and_formulas_stay(write, read):
    (record,) = read(write("a.xml", acl())).records
    assert record == record | {
        "title": "Bert of $x^{2}$ and more",
        "authors": "A. Bee; Dee",
        "venue": "Proceedings of Tests",
        "published": "2018-07",
        "published_kind": "proceedings",
        "doi": "10.18653/v1/x",
    }


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("July", "2018-07"),
        ("sept.", "2018-09"),
        ("30 July – 2 July", "2018-07"),
        ("July–August", "2018"),
        ("Summer", "2018"),
        ("", "2018"),
        ("7", "2018-07"),
        ("13", "2018"),
    ],
)
def test_a_month_is_only_stated_where_there_is_one(write, read, month, expected):
    (record,) = read(write("a.xml", acl(month=month))).records
    assert record["published"] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("arxiv_api_atom/q_testing_s0_m100_cfe7536492ca.xml", 100),
        ("hf_rss/feed.xml", 30),
        ("acl_anthology_xml/P18.xml", 435),
        ("acl_anthology_xml/2021.sdp.xml", 22),
        ("acl_anthology_xml/2022.naacl.xml", 538),
        ("acl_anthology_xml/2023.eacl.xml", 335),
    ],
)
def test_real_documents_land_whole(shared, read, name, expected):
    parsed = read(shared / "raw_samples" / name)
    assert (len(parsed.records), parsed.rejects) == (expected, [])
    for field in ("title", "abstract", "authors", "published", "published_kind", "url"):
        assert None not in parsed.column(field)
