"""Words in both languages of the product."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["zh", "en"]


class Text(BaseModel):
    """
    One piece of user-facing text, in Chinese and in English.

    Attributes:
        zh: Simplified Chinese, shown by default.
        en: English.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: Language) -> str:
        """Return the wording for *language*."""
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.zh
