"""What stands in addresses: numbers that a row can have."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

# The largest key that both databases can hold; asking them for a larger one is an error of theirs.
LARGEST_KEY = 2**63 - 1


class Key(IntegerConverter):
    """The number of a row; a larger number is no address of ours."""

    def __init__(self, map: Map, *args: int, **options: int | bool | None) -> None:  # noqa: A002 (werkzeug's name)
        options.setdefault("max", LARGEST_KEY)
        super().__init__(map, *args, **options)  # type: ignore[arg-type]


def init_app(app: Flask) -> None:
    """Read every `<int:…>` as a key; to stand before what adds addresses."""
    app.url_map.converters["int"] = Key
