"""One JSON text parsed: fast where it is sound, with a reason for people where it is not."""

import json
from typing import Any

import orjson


class Unparsable(ValueError):
    """A JSON text that cannot be read.

    Attributes:
        rule: the rule that it broke.
    """

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(detail)
        self.rule = rule


def parse(raw: bytes) -> Any:
    """Return the value; of a key that stands twice in an object the last value counts.

    The slower second parser takes what the first one refuses although it is common: NaN
    as pandas writes it, whole numbers of any length, half a surrogate pair in a field
    that nobody reads. It also says where a text is broken.

    Raises:
        Unparsable: not UTF-8, not JSON, or nested too deeply.
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(raw.decode())
    except UnicodeDecodeError as error:
        detail = f"byte {error.start + 1} is not UTF-8"
        raise Unparsable("bad_encoding", detail) from error
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        detail = f"{error.msg} at {line}column {error.colno}"
        raise Unparsable("malformed_json", detail) from error
    except RecursionError as error:
        raise Unparsable("malformed_json", "nested too deeply") from error
    except ValueError as error:
        raise Unparsable("malformed_json", "a number has too many digits") from error
