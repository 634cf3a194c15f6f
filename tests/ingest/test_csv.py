"""CSV and TSV: quoting, damaged rows, headers."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import InputError, MissingColumn, UnreadableFile


def papers(parsed):
    return [(row["source_line"], row["title"], row["abstract"]) for row in parsed.records]


@pytest.mark.parametrize(
    ("row", "title", "abstract"),
    [
        pytest.param("T,A", "T", "A", id="bare"),
        pytest.param('"T","A"', "T", "A", id="quoted"),
        pytest.param('"T, or U","A ""b"" c"', "T, or U", 'A "b" c', id="comma and quotes"),
        pytest.param('T,"a\nb\n\nc"', "T", "a\nb\n\nc", id="line breaks"),
        pytest.param('T,"a\r\nb\rc"', "T", "a\r\nb\rc", id="CRLF and CR in a cell"),
        pytest.param('T "q" U,A', 'T "q" U', "A", id="quotes inside a bare cell"),
        pytest.param(" T , A ", " T ", " A ", id="spaces stay"),
        pytest.param("T,", "T", None, id="empty abstract"),
        pytest.param('T,""', "T", None, id="quoted empty abstract"),
        pytest.param("T\0U,A\0", "T\0U", "A\0", id="NUL"),
        pytest.param("T\u2028U,A\x0b\x1c\u0085B", "T\u2028U", "A\x0b\x1c\u0085B", id="separators"),
        pytest.param("=1+1,@A", "=1+1", "@A", id="what a spreadsheet would run"),
    ],
)
def test_a_row_is_read_as_rfc_4180_says(write, read, row, title, abstract):
    parsed = read(write("a.csv", f"title,abstract\n{row}\nLast,Text\n"))
    assert [pair[1:] for pair in papers(parsed)] == [(title, abstract), ("Last", "Text")]
    assert parsed.rejects == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("title,abstract\nT,A\nU,B\n", id="plain"),
        pytest.param("title,abstract\nT,A\nU,B", id="no final newline"),
        pytest.param("title,abstract\r\nT,A\r\nU,B\r\n", id="CRLF"),
        pytest.param("title,abstract\rT,A\rU,B\r", id="CR"),
        pytest.param("\ufefftitle,abstract\nT,A\nU,B\n", id="BOM"),
        pytest.param('\ufeff"title","abstract"\n"T","A"\n"U","B"\n', id="BOM and quoted header"),
        pytest.param("title\tabstract\nT\tA\nU\tB\n", id="tabs"),
    ],
)
def test_every_shape_of_file_gives_the_same_papers(write, read, content):
    assert papers(read(write("a.csv", content))) == [(2, "T", "A"), (3, "U", "B")]


def test_commas_in_a_tab_separated_row_are_text(write, read):
    parsed = read(write("a.tsv", 'title\tabstract\nT, U\t"a, b\tc"\n'))
    assert papers(parsed) == [(2, "T, U", "a, b\tc")]


@pytest.mark.parametrize(
    ("row", "rule", "shown"),
    [
        pytest.param(b"one cell", "wrong_cell_count", "one cell", id="too few"),
        pytest.param(b'a,"b, c",d', "wrong_cell_count", 'a,"b, c",d', id="too many"),
        pytest.param(b'a,"never closed', "malformed_csv", 'a,"never closed', id="open quote"),
        pytest.param(b'"never closed', "malformed_csv", '"never closed', id="open first quote"),
        pytest.param(b'"a" b,c', "malformed_csv", '"a" b,c', id="text after a quoted cell"),
        pytest.param(b"caf\xe9,c", "bad_encoding", r"caf\xe9,c", id="bad byte"),
        pytest.param(b'caf\xe9,"open', "bad_encoding", r'caf\xe9,"open', id="bad byte, open quote"),
        pytest.param(b",c", "missing_title", None, id="no title"),
        pytest.param(b'"  ",c', "missing_title", None, id="blank title"),
    ],
)
@pytest.mark.parametrize(
    "last", [pytest.param(b"Last,x", id="bare"), pytest.param(b'"Last","x"', id="quoted")]
)
def test_a_bad_row_is_rejected_and_its_neighbours_land(write, read, row, rule, shown, last):
    parsed = read(write("a.csv", b"title,abstract\nGood,x\n" + row + b"\n" + last + b"\n"))
    assert papers(parsed) == [(2, "Good", "x"), (4, "Last", "x")]
    assert parsed.rules == [(3, rule)]
    assert shown in {None, parsed.rejects[0]["raw_text"]}


def test_wrong_upvotes_cost_one_row(write, read):
    content = "title,abstract,upvotes\nT,A,7\nU,B,many\nV,C,\n"
    parsed = read(write("a.csv", content))
    assert parsed.column("upvotes") == [7, None]
    assert parsed.rules == [(3, "wrong_type")]
    assert parsed.rejects[0]["raw_text"] == "U,B,many"


def test_the_raw_text_of_a_row_over_several_lines_is_whole(write, read):
    parsed = read(write("a.csv", 'title,abstract\nT,"a\r\nb",x\nU,B\n'))
    assert parsed.rejects[0]["raw_text"] == 'T,"a\r\nb",x'
    assert papers(parsed) == [(4, "U", "B")]


def test_an_open_quote_does_not_swallow_thousands_of_rows(write, read):
    rows = [f"T{number},A" for number in range(3_000)]
    rows[5], rows[2_900] = 'T5,"open', 'T2900",A'
    parsed = read(write("a.csv", "title,abstract\n" + "\n".join(rows)))
    assert len(parsed.records) == 2_999
    assert parsed.rules == [(7, "malformed_csv")]


def test_lines_are_those_on_which_rows_begin(write, read):
    content = 'title,abstract\n\nT,"a\nb\n\nc"\n\nU,B\nshort\n"V\n",C\nW,D\n'
    parsed = read(write("a.csv", content))
    assert parsed.column("source_line") == [3, 8, 10, 12]
    assert parsed.rules == [(9, "wrong_cell_count")]


def test_a_header_may_hold_line_breaks_and_quotes(write, read):
    content = '"ti""tle","year\nof print",title,abstract\na,b,T,A\n'
    assert papers(read(write("a.csv", content))) == [(3, "T", "A")]


@pytest.mark.parametrize("missing", ["title", "abstract"])
def test_a_missing_column_names_itself_and_the_columns_found(write, read, missing):
    present = "abstract" if missing == "title" else "title"
    path = write("a.csv", f"id,{present},,Summary\n1,T,x,A\n")
    with pytest.raises(MissingColumn) as e:
        read(path)
    assert f"{path}, line 1: no column '{missing}'" in str(e.value)
    assert f"Columns found: id, {present}, Summary." in str(e.value)


def test_a_column_map_renames(write, read):
    content = "title,name,summary\nno,T,A\n"
    parsed = read(write("a.csv", content), title="name", abstract="summary")
    assert papers(parsed) == [(2, "T", "A")]


def test_a_header_without_rows_lands_nothing(write, warehouse, land, rows):
    with pytest.raises(UnreadableFile, match="no record"):
        land(warehouse, write("a.csv", "title,abstract\n"))
    assert rows(warehouse, "from raw.loads") == []


def test_a_header_whose_quote_never_closes_is_an_input_error(write, read):
    with pytest.raises(InputError, match=r"a\.csv"):
        read(write("a.csv", '"title,abstract\nT,A\n'))


words = st.text(st.sampled_from("ab é\n,"), max_size=8).map(lambda text: f"x{text}x")


@st.composite
def mixed_rows(draw):
    """Rows as bytes, each with the cells that have to land from it, or none."""

    def good(cells, quoting):
        out = io.StringIO(newline="")
        csv.writer(out, quoting=quoting, lineterminator="\n").writerow(cells)
        return out.getvalue().encode(), cells

    return draw(
        st.lists(
            st.builds(
                good, st.tuples(words, words), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
            )
            | st.sampled_from(
                [
                    (b"short\n", None),
                    (b"a,b,c\n", None),
                    (b'a,"open\n', None),
                    (b'"open\n', None),
                    (b"\xff,b\n", None),
                    (b'"a"b,c\n', None),
                    (b",no title\n", None),
                ]
            ),
            max_size=12,
        )
    )


@settings(deadline=None)
@given(mixed_rows())
def test_good_rows_land_whatever_stands_between_them(write, read, rows):
    parsed = read(write("a.csv", b"title,abstract\n" + b"".join(row for row, _ in rows)))
    assert [(t, a) for _, t, a in papers(parsed)] == [cells for _, cells in rows if cells]
    assert len(parsed.rejects) == sum(cells is None for _, cells in rows)
