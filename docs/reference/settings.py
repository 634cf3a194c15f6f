"""placeholder"""


def markdown() -> str:
    return ""
