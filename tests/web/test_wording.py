"""Every word has its Chinese, and no Chinese is left over."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from web.grammar import SIGNS
from web.translations import FRAGMENTS, merged_catalog

WEB = Path(__file__).parents[2] / "web"
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
}
OPTIONS = {"**.html": {"trimmed": "false", "silent": "false"}}


@cache
def _asked_for() -> set[tuple[str | None, str]]:
    found = extract_from_dir(str(WEB), METHODS, options_map=OPTIONS, keywords=KEYWORDS)
    return {
        (context, message if isinstance(message, str) else message[0])
        for _file, _line, message, _comments, context in found
    }


@cache
def _given() -> dict[tuple[str | None, str], object]:
    return {
        (one.context, one.id if isinstance(one.id, str) else one.id[0]): one.string
        for one in merged_catalog()
        if one.id
    }


def test_every_message_has_chinese():
    assert set() == _asked_for() - _given().keys()


def test_no_chinese_is_left_over():
    assert set() == _given().keys() - _asked_for()


def test_no_chinese_is_empty():
    assert [] == [key for key, words in _given().items() if not words or words == ("",)]


@pytest.mark.parametrize("path", sorted(FRAGMENTS.glob("*.po")), ids=lambda path: path.name)
def test_values_in_a_message_are_the_same_in_both_languages(path):
    with path.open("rb") as file:
        messages = [one for one in read_po(file, locale="zh_Hans_CN") if one.id]

    for one in messages:
        english = one.id if isinstance(one.id, str) else one.id[1]
        chinese = one.string if isinstance(one.string, str) else one.string[0]
        assert set(re.findall(r"%\(\w+\)s", english)) == set(re.findall(r"%\(\w+\)s", chinese))


@pytest.mark.parametrize("kind", SIGNS)
def test_every_sign_has_a_drawing(kind):
    sprite = (WEB / "static" / "icons.svg").read_text(encoding="utf-8")

    for shown in SIGNS[kind].values():
        assert f'id="{shown.icon}"' in sprite


def test_every_icon_named_in_a_template_is_drawn():
    sprite = (WEB / "static" / "icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="([^"]+)"', sprite))
    templates = [path.read_text(encoding="utf-8") for path in WEB.rglob("*.html")]
    named = {name for text in templates for name in re.findall(r'(?<![a-z_])icon\("([^"]+)"', text)}

    assert set() == named - drawn


def test_one_message_has_one_chinese():
    worded: dict[tuple[object, object], set[object]] = {}
    for path in FRAGMENTS.glob("*.po"):
        with path.open("rb") as file:
            for one in read_po(file, locale="zh_Hans_CN"):
                if one.id:
                    worded.setdefault((one.context, one.id), set()).add(one.string)

    assert {} == {key: said for key, said in worded.items() if len(said) > 1}
