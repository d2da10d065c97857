"""Every page of the application, for the tests that look at all of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """
    One page.

    Attributes:
        path: With `{names}` that `tests.web.conftest.places` fills in from the demo record.
        account: Who looks; nothing for strangers.
        field: Whether it is a page of the round, with targets of at least 56 px.
    """

    path: str
    account: str | None = None
    field: bool = False

    def __str__(self) -> str:
        return f"{self.path} as {self.account or 'stranger'}"


OPEN = [
    Page("/account/sign-in"),
    Page("/specimen"),
]
PAGES = [*OPEN]
