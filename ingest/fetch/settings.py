"""What the environment says of fetching: whom to write to, where to ask, a key."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from ingest.fetch.errors import FetchUsage
from ingest.fetch.provider import Provider

URLS: Final = {
    "PAPERTALLY_HF_URL": "https://huggingface.co",
    "PAPERTALLY_ARXIV_URL": "https://export.arxiv.org",
    "PAPERTALLY_ARXIV_OAI_URL": "https://oaipmh.arxiv.org",
    "PAPERTALLY_OPENALEX_URL": "https://api.openalex.org",
}
"""Where each provider is, by the setting that names another place."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """What is read from the environment; a key is never shown.

    Attributes:
        contact: e-mail or web address that providers are told; arXiv and OpenAlex ask for one;
            PAPERTALLY_CONTACT
        openalex_key: your key for OpenAlex; sent, and never written or shown;
            PAPERTALLY_OPENALEX_KEY
        urls: where each provider is asked, by the setting of URLS that names another place.
    """

    contact: str
    openalex_key: str
    urls: Mapping[str, str]

    def __repr__(self) -> str:
        """Show neither key nor contact, for tracebacks and logs."""
        return f"FetchSettings(has_contact={bool(self.contact)}, urls={self.urls!r})"


def load_fetch_settings(environment: Mapping[str, str] = os.environ) -> FetchSettings:
    """Read the settings.

    Raises:
        FetchUsage: naming every setting that makes no sense.
    """
    wrong: list[str] = []
    contact = environment.get("PAPERTALLY_CONTACT", "").strip()
    if contact and not re.fullmatch(r"https?://[!-~]+|[!-~]+@[!-~]+\.[!-~]+", contact):
        wrong.append(f"PAPERTALLY_CONTACT is {contact!r}; give an e-mail or web address")
    urls = {name: environment.get(name) or default for name, default in URLS.items()}
    for name, url in urls.items():
        parts = urlsplit(url)
        if parts.username is not None or parts.password is not None:
            wrong.append(
                f"{name} holds a user name or password, which would end up in the manifest and in"
                f" messages; give the address alone, such as {URLS[name]}"
            )
            continue
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            wrong.append(f"{name} is {url!r}; give an address such as {URLS[name]}")
    if wrong:
        raise FetchUsage("; ".join(wrong) + ".")
    return FetchSettings(
        contact=contact,
        openalex_key=environment.get("PAPERTALLY_OPENALEX_KEY", "").strip(),
        urls={name: url.rstrip("/") for name, url in urls.items()},
    )


def user_agent(settings: FetchSettings, provider: Provider, version: str) -> str:
    """Return how we declare ourselves.

    Raises:
        FetchUsage: the provider asks for a contact and none is set.
    """
    if settings.contact:
        mail = "" if "://" in settings.contact else "mailto:"
        return f"papertally/{version} (+{mail}{settings.contact})"
    if provider.asks_contact:
        raise FetchUsage(
            f"{provider.name} asks clients to say whom to write to. Set PAPERTALLY_CONTACT to your"
            " e-mail or web address; it is sent to the provider and to nobody else."
        )
    return f"papertally/{version}"
