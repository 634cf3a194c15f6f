"""One door to the bytes: compressed, archived, damaged and malicious files."""

import gzip
import io
import lzma
import tracemalloc
import zipfile
from pathlib import Path

import polars as pl
import pytest
import zstandard

from ingest.errors import Bomb, BrokenStream, FileMissing, InputError, UnreadableFile
from ingest.formats import choose_format, opening
from ingest.formats.archives import member_paths
from ingest.formats.opening import open_bytes, open_stored

TEXT = b"".join(b'{"title": "Paper %d", "abstract": "A"}\n' % number for number in range(5_000))
PACKERS = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def content_of(path: Path) -> bytes:
    with open_bytes(path) as file:
        return file.read()


@pytest.mark.parametrize("ending", PACKERS)
def test_compressed_data_is_expanded_whatever_the_file_is_called(write, ending):
    assert content_of(write("papers.jsonl", PACKERS[ending](TEXT))) == TEXT


@pytest.mark.parametrize("ending", PACKERS)
def test_several_streams_in_a_row_are_read_to_the_end(write, ending):
    pack = PACKERS[ending]
    assert content_of(write(f"a{ending}", pack(TEXT) + pack(b"more") + pack(b""))) == TEXT + b"more"


def test_a_plain_file_is_handed_over_as_it_is(write):
    path = write("a.gz", TEXT)
    assert content_of(path) == TEXT
    with open_bytes(path) as file:
        assert file.seekable()


@pytest.mark.parametrize("ending", PACKERS)
def test_the_name_below_the_ending_tells_the_format(write, read, ending):
    path = write(f"papers.jsonl{ending}", PACKERS[ending](TEXT))
    assert choose_format(path).name == "jsonl"
    assert len(read(path).records) == 5_000


def test_a_single_file_in_an_archive_is_read_as_if_it_were_not(write):
    path = write("papers.zip", zipped(**{"__MACOSX/._papers": b"x", "folder/papers.jsonl": TEXT}))
    assert content_of(path) == TEXT


def test_a_compressed_member_is_expanded_too(write):
    path = write("a.zip", zipped(**{"a.gz": gzip.compress(TEXT), "b": b"B"}))
    first, second = member_paths(path)
    assert (content_of(first), content_of(second)) == (TEXT, b"B")
    with open_stored(first) as stored:
        assert stored.read() == gzip.compress(TEXT)


def test_parquet_in_an_archive_is_read(write, read):
    table = io.BytesIO()
    pl.DataFrame({"title": ["T"], "abstract": ["A"]}).write_parquet(table)
    path = write("a.zip", zipped(**{"a.parquet": table.getvalue()}))
    assert read(path).column("title") == ["T"]
    assert read(write("a.parquet.gz", gzip.compress(table.getvalue()))).column("title") == ["T"]


@pytest.mark.parametrize(
    "name", ["../../escape", "/etc/passwd", "a/../../b", "a//b", "C:\\x", "a\x1b[2J\n", "ä ö", "-"]
)
def test_a_hostile_name_is_only_a_name(write, name):
    path = write("a.zip", zipped(**{name: b"inside", "other": b"x"}))
    before = sorted(path.parent.rglob("*"))
    member = member_paths(path)[0]
    assert content_of(member) == b"inside"
    assert str(member).isprintable()
    assert str(member).startswith(f"{path}!")
    assert sorted(path.parent.rglob("*")) == before


def test_a_name_that_is_there_twice_means_the_last(write):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"last")
    (member,) = member_paths(write("a.zip", content.getvalue()))
    assert content_of(member) == b"last"


def test_an_archive_of_several_files_is_no_single_file(write):
    with pytest.raises(UnreadableFile, match=r"a\.zip: an archive of 2 files"):
        open_bytes(write("a.zip", zipped(a=b"A", b=b"B")))


def test_an_archive_inside_an_archive_is_not_opened(write):
    path = write("a.zip", zipped(**{"b.zip": zipped(c=b"C")}))
    with pytest.raises(UnreadableFile, match="archive inside an archive"):
        open_bytes(path)


def test_a_member_that_does_not_exist_is_missing(write):
    path = write("a.zip", zipped(a=b"A"))
    with pytest.raises(FileMissing, match="no such file"):
        open_bytes(Path(f"{path}!b"))


def test_an_encrypted_member_is_named_as_that(write):
    content = bytearray(zipped(a=b"A"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    with pytest.raises(UnreadableFile, match="encrypted"):
        open_bytes(write("a.zip", bytes(content)))


@pytest.mark.parametrize("cut", [10, 60, 100])
def test_a_cut_archive_is_refused(write, cut):
    with pytest.raises(InputError, match=r"a\.zip"):
        content_of(write("a.zip", zipped(a=TEXT)[:-cut]))


@pytest.mark.parametrize("ending", PACKERS)
def test_what_comes_before_the_cut_is_handed_over(write, ending):
    packed = PACKERS[ending](TEXT * 20)
    path = write(f"a{ending}", packed[: len(packed) * 3 // 4])
    seen = b""
    with open_bytes(path) as file, pytest.raises(BrokenStream, match="cut off or damaged"):  # noqa: PT012
        while chunk := file.read1(4096):
            seen += chunk
    assert seen
    assert (TEXT * 20).startswith(seen)


@pytest.mark.parametrize("ending", PACKERS)
def test_damage_in_the_middle_is_found(write, ending):
    packed = bytearray(PACKERS[ending](TEXT))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\xff" * 40
    with pytest.raises(BrokenStream):
        content_of(write(f"a{ending}", bytes(packed)))


def test_damage_in_a_member_is_found(write):
    packed = bytearray(zipped(a=TEXT))
    packed[60:70] = b"\xff" * 10
    with pytest.raises(BrokenStream):
        content_of(write("a.zip", bytes(packed)))


def bomb(ending: str) -> bytes:
    zeros = bytes(2**20)
    if ending == ".zip":
        content = io.BytesIO()
        with (
            zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open("a.jsonl", "w") as member,
        ):
            for _ in range(256):
                member.write(zeros)
        return content.getvalue()
    pack = {
        ".gz": lambda data: gzip.compress(data, 6),
        ".xz": lambda data: lzma.compress(data, preset=0),
        ".zst": zstandard.ZstdCompressor().compress,
    }[ending]
    return pack(zeros * 16) * 16


@pytest.mark.parametrize("ending", [*PACKERS, ".zip"])
def test_a_bomb_is_refused_before_it_fills_the_memory(write, ending):
    path = write(f"a.jsonl{ending}", bomb(ending))
    assert path.stat().st_size < 2**20
    tracemalloc.start()
    with open_bytes(path) as file, pytest.raises(Bomb, match="more than 200 times its size"):  # noqa: PT012
        while file.read1(2**20):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 * 2**20


def test_the_sum_of_what_comes_out_is_limited(write, monkeypatch):
    monkeypatch.setattr(opening, "MAX_EXPANDED_BYTES", 100_000)
    with pytest.raises(Bomb, match=r"a\.gz: it expands to more than"):
        content_of(write("a.gz", gzip.compress(TEXT)))


def test_a_stream_that_asks_for_too_much_memory_is_refused(write):
    parameters = zstandard.ZstdCompressionParameters(window_log=30)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    path = write("a.zst", stream.compress(TEXT) + stream.flush())
    with pytest.raises(InputError, match=r"a\.zst"):
        content_of(path)
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**29}]
    header = lzma.LZMACompressor(filters=filters)
    path = write("a.xz", header.compress(b"a") + header.flush())
    with pytest.raises(InputError, match=r"a\.xz"):
        content_of(path)


def test_a_member_is_closed_with_its_stream(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("a.jsonl", "{}\n")
    (member,) = member_paths(tmp_path / "a.zip")
    with open_bytes(member) as stream:
        packed = stream.raw._reader._member
        assert stream.read() == b"{}\n"
    assert packed.closed
