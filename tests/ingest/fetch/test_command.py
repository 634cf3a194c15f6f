"""`papertally fetch` as a user calls it, killed processes included."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ingest.fetch.errors import FetchUsage
from ingest.fetch.settings import load_fetch_settings
from papertally.cli import app
from tests.ingest.fetch.conftest import Asked, Reply, Server

DAYS = ["hf-daily", "--from", "2024-05-27", "--to", "2024-05-29"]


def call(home: Path, server: Server, *arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(
        app,
        ["fetch", *arguments],
        env={
            "PAPERTALLY_HOME": str(home),
            "PAPERTALLY_HF_URL": server.url,
            "PAPERTALLY_ARXIV_URL": server.url,
            "PAPERTALLY_ARXIV_OAI_URL": server.url,
            "PAPERTALLY_OPENALEX_URL": server.url,
            **environment,
        },
    )


def test_the_plan(tmp_path: Path, server: Server) -> None:
    done = call(tmp_path / "home", server, *DAYS, "--dry-run")
    assert done.exit_code == 0, done.output
    plan = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert plan["requests"] == "3"
    assert plan["pace"].startswith("one in 0.6 s, one connection, as papertally/")
    assert plan["takes"].startswith("0:00:02")
    assert "date=2024-05-27" in plan["first"]
    assert server.asked == []
    assert not (tmp_path / "home").exists()


def test_the_printed_command_holds_for_paths_with_blanks(tmp_path: Path, server: Server) -> None:
    server.replies(b'[{"title": "One", "paper": {"id": "2405.00001"}}]')
    done = call(tmp_path / "a home", server, *DAYS[:-1], "2024-05-27")
    assert done.exit_code == 0, done.output
    words = shlex.split(done.stdout)
    assert words[:2] == ["papertally", "run"]
    assert words[3:] == ["--source", "hf-daily"]
    assert Path(words[2]).read_bytes() == server.answer(server.asked[0]).body


def test_the_printed_command_names_what_was_fetched_and_nothing_else(
    tmp_path: Path, server: Server
) -> None:
    server.answer = lambda asked: Reply(json.dumps([{"title": asked.params["date"]}]).encode())
    folder = tmp_path / "fetched" / "hf-daily"
    may, june = ["2024-05-27", "2024-05-31"], ["2024-06-03", "2024-06-06"]
    first = call(tmp_path, server, "hf-daily", "--from", may[0], "--to", may[1])
    assert first.stdout == f"papertally run {folder}/*.json --source hf-daily\n"
    other = call(tmp_path, server, "hf-daily", "--from", june[0], "--to", june[1])
    assert other.stdout.count("2024-06-0") == 4
    assert "*" not in other.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["arxiv", "--query", "cat:cs.CL"],
        ["arxiv-oai", "--set", "cs", "--from", "2026-01-01"],
        ["openalex", "--filter", "publication_year:2024"],
    ],
)
def test_providers_that_ask_for_a_contact_get_one(
    tmp_path: Path, server: Server, arguments: list[str]
) -> None:
    without = call(tmp_path, server, *arguments)
    assert isinstance(without.exception, FetchUsage)
    assert "Set PAPERTALLY_CONTACT" in str(without.exception)
    server.replies(Reply(b"seen", status=400))
    call(tmp_path, server, *arguments, PAPERTALLY_CONTACT="someone@example.org")
    agent = server.asked[0].headers["User-Agent"]
    assert agent.startswith("papertally/")
    assert agent.endswith("(+mailto:someone@example.org)")


def test_settings_that_make_no_sense_are_all_named() -> None:
    with pytest.raises(FetchUsage) as error:
        load_fetch_settings(
            {"PAPERTALLY_CONTACT": "me\r\nX-Other: 1", "PAPERTALLY_ARXIV_URL": "export.arxiv.org"}
        )
    assert "PAPERTALLY_CONTACT" in str(error.value)
    assert "PAPERTALLY_ARXIV_URL" in str(error.value)


def test_settings_do_not_show_the_key() -> None:
    assert "hidden" not in repr(load_fetch_settings({"PAPERTALLY_OPENALEX_KEY": "hidden"}))


def test_a_killed_fetch_leaves_nothing_half_and_goes_on(tmp_path: Path, server: Server) -> None:
    def answer(asked: Asked, seconds: float = 0) -> Reply:
        body = json.dumps([{"title": f"A paper of {asked.params['date']}"}]).encode()
        return Reply(body, drip=seconds if asked.params["date"] == "2024-05-28" else 0)

    server.answer = lambda asked: answer(asked, seconds=0.5)
    process = subprocess.Popen(
        [sys.executable, "-m", "papertally", "fetch", *DAYS],
        env=os.environ | {"PAPERTALLY_HOME": str(tmp_path), "PAPERTALLY_HF_URL": server.url},
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while len(server.asked) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert process.stderr is not None
    process.stderr.close()
    folder = tmp_path / "fetched" / "hf-daily"
    assert [path.name for path in sorted(folder.glob("*.json"))] == ["2024-05-27.0001.json"]

    server.answer = answer
    done = call(tmp_path, server, *DAYS)
    assert done.exit_code == 0, done.output
    days = [asked.params["date"] for asked in server.asked]
    assert days == ["2024-05-27", "2024-05-28", "2024-05-28", "2024-05-29"]
    assert "3 records in 3 responses, 1 of them here before; 2 requests." in done.stderr
