"""Kills while files are fetched, from a server on this machine."""

import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from bench.faults.homes import require
from bench.faults.processes import papertally

DAYS = ("fetch", "hf-daily", "--from", "2024-05-27", "--to", "2024-05-31")


class Pages(BaseHTTPRequestHandler):
    """A page of papers for any day."""

    def do_GET(self):
        day = parse_qs(urlsplit(self.path).query)["date"][0]
        papers = [{"title": f"On {day}, {n}", "paper": {"id": f"24{n:02}.00001"}} for n in range(9)]
        body = json.dumps(papers).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):  # noqa: A002
        pass


def fetch_kills(place, random, count):
    """Kill before a change to the folder; the next call completes it, byte for byte."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=partial(server.serve_forever, 0.01), daemon=True).start()
    there = {"PAPERTALLY_HF_URL": f"http://127.0.0.1:{server.server_port}"}
    calm = place.dir / "fetch-calm"
    whole = papertally(calm, *DAYS, changes=0, environment=there)
    require(whole.code == 0, whole.said)
    changes = int(whole.said.rpartition("changes: ")[2])
    for change in sorted(random.sample(range(1, changes + 1), min(count, changes))):
        home = place.dir / f"fetch-{change}"
        killed = papertally(home, *DAYS, changes=change, environment=there)
        half = files(home)
        done = papertally(home, *DAYS, environment=there)
        with place.trial("fetch", f"before change {change} of {changes}", None, killed):
            require(done.code == 0, done.said)
            whole_files = files(calm)
            require(half.items() <= whole_files.items(), "half a file has a whole one's name")
            require(files(home) == whole_files, f"{files(home).keys()} {whole_files.keys()}")
    server.shutdown()


def files(home):
    """Return what was fetched, by name; manifests hold times and are left out."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.suffix == ".json" and path.name[0] != "."
    }
