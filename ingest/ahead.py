"""Reading ahead: the next batch is parsed while the one before it is inserted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def read_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield items, the next of which is already on its way in a thread of its own.

    Where getting one fails, the error is raised in its place.
    """
    with ThreadPoolExecutor(1, "read-ahead") as thread:
        following = thread.submit(next, items, None)
        while (item := following.result()) is not None:
            following = thread.submit(next, items, None)
            yield item
