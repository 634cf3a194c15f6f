"""Fetching, which nothing needs: raw responses of public providers, kept as files to ingest.

One module a provider says what to ask and how to read the answer. Everything else is shared:
`client` asks (pace, retries, time-outs), `store` keeps (hashes, manifest), `harvest` walks from
response to response and plans without asking.
"""
