"""Lines of a file, whatever pieces it is read in."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats.lines import BOM, byte_lines


class InPieces(io.BytesIO):
    """A file that gives as much as it likes at a time."""

    def __init__(self, content, sizes):
        super().__init__(content)
        self._sizes = iter(sizes)

    def read1(self, size=-1, /):
        return super().read1(next(self._sizes, size))


@settings(max_examples=200, deadline=None)
@given(
    content=st.lists(st.sampled_from([b"a", b"bc", b"\r", b"\n", b"\r\n", BOM])).map(b"".join),
    sizes=st.lists(st.integers(1, 4)),
)
def test_lines_do_not_depend_on_the_pieces(content, sizes):
    lines = content.removeprefix(BOM).split(b"\n")
    expected = [line.rstrip(b"\r") for line in (lines if lines[-1] else lines[:-1])]
    if content == BOM:
        expected = [b""]
    found = list(byte_lines(InPieces(content, sizes)))
    assert [line for _, line, _ in found] == expected
    assert [number for number, *_ in found] == list(range(1, len(expected) + 1))
    assert all(is_whole for *_, is_whole in found)


def test_of_a_line_that_is_too_long_only_the_beginning_is_held():
    content = b"a\n" + b"b" * 1_000 + b"\nc"
    found = list(byte_lines(InPieces(content, [7] * 1_000), limit=100))
    assert [(number, is_whole) for number, _, is_whole in found] == [
        (1, True),
        (2, False),
        (3, True),
    ]
    assert 100 < len(found[1][1]) < 120
    assert found[2][1] == b"c"
