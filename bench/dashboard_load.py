"""People at once on the dashboard: real websocket sessions that speak Streamlit's protocol.

Each person opens a session of their own and views pages one after the other, beginning each at
another one; a view ends when the server says that the page's script has finished.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

ROOT = Path(__file__).resolve().parent.parent
VIEWS = 3


def alone(places, rounds):
    """Return the server's time of every page for one reader, in the order of the list.

    `first` is a page's first view, with whatever pages before it left in the caches; `again` are
    the views after it. Wall seconds are from asking to the end of the script as the browser would
    see it, CPU seconds are the server's, over all its threads.
    """
    with server() as (address, process):
        return asyncio.run(_views(address, places, rounds, process.pid))


async def _views(address, places, rounds, pid):
    rows = []
    async with connect(
        address, subprotocols=["streamlit"], max_size=None, ping_interval=None
    ) as session:
        await view(session, "about", {})  # what is imported once, and the session's own start
        for label, (page, params) in places.items():
            times = []
            for _ in range(rounds + 1):
                begin, cpu = time.perf_counter(), cpu_seconds(pid)
                if not await view(session, page, params):
                    raise SystemExit(f"{label}: an error is shown")
                times.append((time.perf_counter() - begin, cpu_seconds(pid) - cpu))
            rows.append({"page": label, "first": times[0], "again": times[1:]})
    return rows


def cpu_seconds(pid):
    """Return the CPU seconds that a process has had, from the kernel's account."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load_test(places, people):
    """Return the figures of `people` sessions with VIEWS views each, all at the same time."""
    with server() as (address, _):
        begin = time.perf_counter()
        views = asyncio.run(crowd(address, places, people))
        taken = time.perf_counter() - begin
    first = [seconds for number, seconds, _ in views if number == 0]
    later = sorted(seconds for number, seconds, _ in views if number)
    return {
        "people": people,
        "views": len(views),
        "errors": sum(not is_well for *_, is_well in views),
        "seconds": taken,
        "first_ms": 1e3 * median(first),
        "median_ms": 1e3 * median(later),
        "p95_ms": 1e3 * later[int(0.95 * (len(later) - 1))],
        "machine_load": os.getloadavg()[0],
    }


@contextmanager
def server() -> Iterator[tuple[str, subprocess.Popen]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard/server.py")),
            *("--server.headless", "true", "--server.port", str(port)),
        ],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"ws://127.0.0.1:{port}/_stcore/stream", process
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(address):
    """Wait until a server answers, a minute at most."""
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 (our own server)
            return
        except OSError:
            time.sleep(0.1)


async def crowd(address, places, people):
    runs = (person(address, places[number % len(places) :] + places) for number in range(people))
    return [view for views in await asyncio.gather(*runs) for view in views]


async def person(address, places):
    views = []
    async with connect(
        address, subprotocols=["streamlit"], max_size=None, ping_interval=None
    ) as session:
        for number, (page, params) in enumerate(places[:VIEWS]):
            begin = time.perf_counter()
            is_well = await view(session, page, params)
            views.append((number, time.perf_counter() - begin, is_well))
    return views


async def view(session, page, params):
    """Ask for a page and wait for it; return whether it showed no exception."""
    ask = BackMsg()
    ask.rerun_script.query_string = urlencode(params, doseq=True)
    ask.rerun_script.page_name = "" if page == "overview" else page
    await session.send(ask.SerializeToString())
    return await finished(session)


async def finished(session):
    """Wait for the end of a run; return whether it showed no exception."""
    is_well = True
    async with asyncio.timeout(300):
        async for data in session:
            message = ForwardMsg()
            message.ParseFromString(data)
            kind = message.WhichOneof("type")
            if (
                kind == "delta" and message.delta.new_element.HasField("exception")
            ) or kind == "page_not_found":
                is_well = False
            elif kind == "script_finished":
                return is_well and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    return False
