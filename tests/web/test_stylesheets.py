"""The sheets keep their own rules: tokens only, one dark block twice, no pictures in data."""

import re
from pathlib import Path

import pytest

from web.stylesheet import SHEETS

CSS = Path(__file__).parents[2] / "web" / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")


def _bare(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def _declarations(block: str) -> list[str]:
    return [re.sub(r"\s+", " ", one).strip() for one in _bare(block).split(";") if one.strip()]


def test_dark_by_choice_and_dark_by_device_are_the_same():
    chosen = re.search(r'\[data-bs-theme="dark"\] \{(.*?)\n\}', TOKENS, re.DOTALL)
    device = re.search(r":root:not\(\[data-bs-theme\]\) \{(.*?)\n\}", TOKENS, re.DOTALL)

    assert chosen
    assert device
    assert _declarations(chosen[1]) == _declarations(device[1])


@pytest.mark.parametrize("name", sorted(set(SHEETS) - {"tokens", "print"}))
def test_sheet_uses_tokens_and_no_raw_colour(name):
    text = re.sub(
        r"/\*.*?\*/", "", (CSS / f"{name}.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )

    raw = re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", text)

    assert [] == [colour for colour in raw if colour.lower() != "#fff"]


def test_every_sheet_is_served_in_one_and_every_served_sheet_exists(client):
    visitor = client()
    (address,) = re.findall(r'rel="stylesheet" href="([^"]+)"', visitor.page("/specimen"))
    served = visitor.raw.get(address).get_data(as_text=True)

    assert {path.stem for path in CSS.glob("*.css")} == set(SHEETS)
    assert all((CSS / f"{name}.css").read_text("utf-8") in served for name in SHEETS)
    assert served.index("Bootstrap") < served.index(TOKENS)


def test_no_sheet_holds_a_picture_or_another_address():
    for path in CSS.glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "data:" not in _bare(text)
        assert "//" not in text
