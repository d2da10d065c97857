"""What our own validators raise: pydantic hands it on, and the fault tells it in both languages."""

from rules.text import Text


class Refusal(ValueError):
    """A value that has no meaning here; `text` says so in both languages."""

    def __init__(self, *, zh: str, en: str) -> None:
        self.text = Text(zh=zh, en=en)
        super().__init__(en)
