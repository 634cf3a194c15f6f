"""What files, folders, archives and patterns lead to, and what is said of the rest."""

import gzip
import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from ingest.errors import EmptyFile, FileMissing, NoSuchFormat, NothingFound, UnknownFormat
from ingest.inputs import find_files

PAPER = b'{"title": "T", "abstract": "A"}\n'
EMPTY_FEED = b"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id>
  <opensearch:totalResults>0</opensearch:totalResults>
</feed>"""


@pytest.fixture
def folder(tmp_path):
    """A folder as people have them."""
    root = tmp_path / "my papers"
    content = {
        "a.jsonl": PAPER,
        "deep/er/b.jsonl.gz": gzip.compress(PAPER),
        "deep/c.bib": b"@misc{c, title = {C}}",
        "deep/photo.png": b"\x89PNG\r\n\x1a\n\0",
        "notes.dat": b"prose about nothing",
        "nothing.jsonl": b"",
        ".git/config.jsonl": PAPER,
        ".hidden.jsonl": PAPER,
    }
    for name, data in content.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


@pytest.fixture
def told():
    return []


@pytest.fixture
def failed():
    return []


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def names(found, root: Path) -> list[str]:
    return [str(file.path).removeprefix(f"{root}/") for file in found]


def test_a_folder_leads_to_its_files_in_order_and_says_what_it_leaves_out(folder, told, failed):
    found = find_files([folder], None, told.append, failed.append)
    assert names(found, folder) == ["a.jsonl", "deep/c.bib", "deep/er/b.jsonl.gz"]
    assert {file.corpus for file in found} == {"my papers"}
    assert [file.file_format.name for file in found] == ["jsonl", "bibtex", "jsonl"]
    assert len(told) == 2
    assert "nothing.jsonl: the file is empty" in told[0]
    assert told[1].endswith("2 files are of no known format: notes.dat, deep/photo.png.")


def test_many_unknown_files_are_one_sentence(tmp_path, told, failed):
    for number in range(9):
        (tmp_path / f"{number}.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "a.jsonl").write_bytes(PAPER)
    find_files([tmp_path], None, told.append, failed.append)
    shown = "0.pdf, 1.pdf, 2.pdf, 3.pdf, 4.pdf and 4 more"
    assert told == [f"Left out: {tmp_path}: 9 files are of no known format: {shown}."]


def test_a_folder_without_papers_is_an_error(tmp_path, told, failed):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(NothingFound, match="no file of a known format") as e:
        find_files([tmp_path], None, told.append, failed.append)
    assert e.value.exit_code == 2


def test_a_file_that_is_named_itself_must_be_readable(folder, told, failed):
    with pytest.raises(UnknownFormat):
        find_files([folder / "notes.dat"], None, told.append, failed.append)
    with pytest.raises(EmptyFile):
        find_files([folder / "nothing.jsonl"], None, told.append, failed.append)
    with pytest.raises(FileMissing):
        find_files([folder / "none.jsonl"], None, told.append, failed.append)


def test_every_member_of_an_archive_is_an_input_of_its_own(tmp_path, told, failed):
    path = archive(
        tmp_path / "dump.zip", **{"x/1.jsonl": PAPER, "../2.jsonl": PAPER, "3.txt": b"?"}
    )
    found = find_files([path], None, told.append, failed.append)
    assert names(found, tmp_path) == ["dump.zip!x/1.jsonl", "dump.zip!../2.jsonl"]
    assert {file.corpus for file in found} == {"dump"}
    assert told == [f"Left out: {path}: 1 file is of no known format: 3.txt."]


def test_a_member_lands_under_its_name_with_the_hash_of_its_bytes(
    tmp_path, told, warehouse, land, failed
):
    packed = gzip.compress(PAPER)
    path = archive(tmp_path / "dump.zip", **{"1.jsonl.gz": packed, "2.jsonl": PAPER + PAPER})
    (member, _) = find_files([path], None, told.append, failed.append)
    load = land(warehouse, member.path)
    assert load.source_file == f"{path}!1.jsonl.gz"
    assert load.source_sha256 == hashlib.sha256(packed).hexdigest()
    assert load.landed_count == 1


def test_an_archive_in_a_folder_belongs_to_the_folder(folder, told, failed):
    archive(folder / "z.zip", **{"d.jsonl": PAPER})
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    found = find_files([folder], None, told.append, failed.append)
    assert "z.zip!d.jsonl" in names(found, folder)
    assert {file.corpus for file in found} == {"my papers"}
    assert ["broken.zip" in str(error) for error in failed] == [True]


def test_an_archive_in_an_archive_is_said(tmp_path, told, failed):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("a.jsonl", PAPER)
    path = archive(tmp_path / "a.zip", **{"b.zip": inner.getvalue(), "c.jsonl": PAPER})
    assert names(find_files([path], None, told.append, failed.append), tmp_path) == [
        "a.zip!c.jsonl"
    ]
    assert told == []
    assert ["archive inside an archive" in str(error) for error in failed] == [True]


def test_a_folder_of_nothing_but_broken_files_is_no_folder_of_unknown_ones(tmp_path, told, failed):
    (tmp_path / "a.jsonl").write_bytes("{}".encode("utf-16"))
    assert find_files([tmp_path], None, told.append, failed.append) == []
    assert ["UTF-16" in str(error) for error in failed] == [True]
    assert told == []


def test_a_format_that_does_not_exist_is_said_before_any_file_is_opened(folder, told, failed):
    with pytest.raises(NoSuchFormat, match=r"--format nonsense.* jsonl") as e:
        find_files([folder], "nonsense", told.append, failed.append)
    assert e.value.exit_code == 2
    assert (told, failed) == ([], [])


def test_a_pattern_leads_to_what_matches(folder, told, failed):
    found = find_files([folder / "**/*.jsonl*"], None, told.append, failed.append)
    assert names(found, folder) == ["a.jsonl", "deep/er/b.jsonl.gz"]
    assert [file.corpus for file in found] == ["a", "b"]
    with pytest.raises(NothingFound, match=r"\*\.xyz"):
        find_files([folder / "*.xyz"], None, told.append, failed.append)


def test_a_pattern_passes_over_folders(folder, told, failed):
    (folder / "a folder.jsonl").mkdir()
    found = find_files([folder / "a*.jsonl"], None, told.append, failed.append)
    assert names(found, folder) == ["a.jsonl"]


def test_a_member_with_the_signs_of_a_pattern_is_a_member(tmp_path, told, failed):
    path = archive(tmp_path / "dump.zip", **{"[2020].jsonl": PAPER})
    member = Path(f"{path}![2020].jsonl")
    (found,) = find_files([member], None, told.append, failed.append)
    assert (found.path, found.corpus) == (member, "dump")


def test_a_file_that_two_paths_lead_to_is_taken_once(folder, told, failed):
    found = find_files(
        [folder / "a.jsonl", folder, folder / "*.jsonl"], None, told.append, failed.append
    )
    assert names(found, folder).count("a.jsonl") == 1


def test_an_answer_without_papers_is_said_and_no_error(write, told, failed):
    empty = write("empty.xml", EMPTY_FEED)
    full = write("a.jsonl", PAPER)
    assert [file.path for file in find_files([empty, full], None, told.append, failed.append)] == [
        full
    ]
    assert told == [f"{empty}: it holds no papers, as it says itself. Nothing was landed."]
    assert find_files([empty.parent], None, told.append, failed.append) == []


def test_a_loop_of_links_ends(folder, told, failed):
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert len(find_files([folder], None, told.append, failed.append)) == 3


def test_all_real_samples_of_a_folder_are_found(shared, told, failed):
    found = find_files([shared / "raw_samples"], None, told.append, failed.append)
    formats = {file.file_format.name for file in found}
    assert {"arxiv-atom", "hf-rss", "acl-xml", "bibtex", "pmlr"} <= formats
    assert any("id_0000.0000" in sentence for sentence in told)
