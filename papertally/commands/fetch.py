"""`papertally fetch`: bring raw responses of a provider to disk, or say what it would take."""

import shlex
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papertally import __version__
from papertally.settings import load_settings
from papertally.terminal import say

if TYPE_CHECKING:
    from ingest.fetch.provider import Provider
    from ingest.fetch.settings import FetchSettings

app = typer.Typer(
    help="Bring papers from a public provider to disk, at its pace; nothing needs this to run.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

DAY = ["%Y-%m-%d"]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print the plan; ask nothing, write nothing.")
]
From = Annotated[datetime, typer.Option("--from", formats=DAY, help="First day.")]


@app.command("hf-daily")
def hf_daily(
    first_day: From,
    last_day: Annotated[datetime, typer.Option("--to", formats=DAY, help="Last day, included.")],
    dry_run: DryRun = False,
) -> None:
    """Bring the daily papers of Hugging Face, one response a day."""
    from ingest.fetch.hf_daily import HfDaily

    def provider(settings: "FetchSettings") -> "Provider":
        url = settings.urls["PAPERTALLY_HF_URL"]
        return HfDaily(url, first_day.date(), last_day.date(), _today())

    _run(provider, dry_run=dry_run)


@app.command("arxiv")
def arxiv(
    query: Annotated[str, typer.Option("--query", help="In arXiv's syntax, such as cat:cs.CL.")],
    most: Annotated[int, typer.Option("--max", help="Papers, the newest first.")] = 1000,
    dry_run: DryRun = False,
) -> None:
    """Bring the newest papers of a query from the arXiv API."""
    from ingest.fetch.arxiv import Arxiv

    def provider(settings: "FetchSettings") -> "Provider":
        return Arxiv(settings.urls["PAPERTALLY_ARXIV_URL"], query, most, _today())

    _run(provider, dry_run=dry_run)


@app.command("arxiv-oai")
def arxiv_oai(
    first_day: From,
    set_name: Annotated[str, typer.Option("--set", help="An OAI set, such as cs.")] = "cs",
    last_day: Annotated[
        datetime | None,
        typer.Option("--until", formats=DAY, help="Last day, included; default: yesterday (UTC)."),
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Bring every record of arXiv that changed in a period, by OAI-PMH, with its versions."""
    from ingest.fetch.arxiv_oai import ArxivOai

    until = last_day.date() if last_day else _today() - timedelta(days=1)

    def provider(settings: "FetchSettings") -> "Provider":
        url = settings.urls["PAPERTALLY_ARXIV_OAI_URL"]
        return ArxivOai(url, set_name, first_day.date(), until, _today())

    _run(provider, dry_run=dry_run)


@app.command("openalex")
def openalex(
    filters: Annotated[
        str, typer.Option("--filter", help="In OpenAlex's syntax, such as publication_year:2024.")
    ] = "",
    search: Annotated[str, typer.Option("--search", help="Words to search for.")] = "",
    most: Annotated[int, typer.Option("--max", help="Works, to the next hundred.")] = 1000,
    dry_run: DryRun = False,
) -> None:
    """Bring works from OpenAlex; PAPERTALLY_OPENALEX_KEY holds the key, if you have one."""
    from ingest.fetch.openalex import OpenAlex

    def provider(settings: "FetchSettings") -> "Provider":
        own = {"api_key": settings.openalex_key, "mailto": settings.contact}
        secrets = {name: value for name, value in own.items() if value and "://" not in value}
        url = settings.urls["PAPERTALLY_OPENALEX_URL"]
        return OpenAlex(url, filters, search, most, _today(), secrets)

    _run(provider, dry_run=dry_run)


def _run(make_provider: "Callable[[FetchSettings], Provider]", *, dry_run: bool) -> None:
    from ingest.fetch.harvest import fetch, plan
    from ingest.fetch.settings import load_fetch_settings, user_agent

    settings = load_fetch_settings()
    provider = make_provider(settings)
    folder = load_settings().home / "fetched"
    agent = user_agent(settings, provider, __version__)
    planned = plan(provider, folder)
    more = "" if planned.is_exact else " or more, as the provider pages them"
    seconds = planned.requests * provider.pace
    say(
        f"{provider.name}: {planned.stored:,} responses are here, {planned.requests:,}{more} to ask"
    )
    if dry_run:
        print(f"provider    {provider.url}")
        print(f"stored      {planned.stored:,} responses")
        print(f"requests    {planned.requests:,}{more}")
        print(f"pace        one in {provider.pace:g} s, one connection, as {agent}")
        print(f"takes       {_duration(seconds)}{more and ' or more'}, beside the provider's time")
        print(f"first       {planned.first_url or '-'}")
        print(f"kept in     {folder / provider.name}")
        return
    fetched = fetch(provider, folder, agent, say)
    say(
        f"{fetched.record_count:,} records in {fetched.response_count:,} responses,"
        f" {fetched.stored_count:,} of them here before; {fetched.request_count:,} requests."
    )
    if fetched.files:
        say("To ingest them:")
        print(_ingest_command(fetched.files, provider.name))


def _ingest_command(files: list[Path], source: str) -> str:
    """Return the command that ingests what was fetched: a pattern where one says exactly that."""
    folder, suffix = files[0].parent, files[0].suffix
    listing = files[0].name.rsplit(".", 2)[0]
    shown = " ".join(shlex.quote(str(path)) for path in files)
    for pattern in (f"{listing}.*{suffix}", f"*{suffix}"):
        if len(files) > 3 and sorted(folder.glob(pattern)) == sorted(files):
            shown = f"{shlex.quote(str(folder))}/{pattern}"
            break
    return f"papertally run {shown} --source {source}"


def _duration(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))


def _today() -> date:
    return datetime.now(UTC).date()
