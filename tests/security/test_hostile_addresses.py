"""Addresses that climb out of a folder, overflow a number or lead to another host."""

import logging
import re
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.pages import ADMINISTRATOR, INSPECTOR
from web.preferences import local_path

CLIMBING = (
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd",
    "%2fetc%2fpasswd",
    "..%5c..%5cwindows%5cwin.ini",
    "mark.svg%00.jpg",
)
HUGE = ("9" * 19, "9" * 40, "0", "-1")


def _with(app, value, wanted):
    """Every address that is read, with *value* in place of each name of a kind in it."""
    for rule in app.url_map.iter_rules():
        kinds = [kind or "str" for kind, _ in re.findall(r"<(?:([^:>]+):)?(\w+)>", rule.rule)]
        if "GET" in rule.methods and any((kind == "int") == wanted for kind in kinds):
            yield re.sub(r"<[^>]+>", value.replace("\\", r"\\"), rule.rule)


@pytest.mark.parametrize("value", CLIMBING)
def test_no_address_climbs_out_of_its_folder(app, visitor, value):
    someone = visitor(account=ADMINISTRATOR)

    found = {}
    for path in _with(app, value, wanted=False):
        with someone.raw.get(path, buffered=True, follow_redirects=True) as answer:
            found[path] = answer.status_code
            assert b"root:" not in answer.data

    assert len(found) > 10
    assert {} == {path: status for path, status in found.items() if status not in {400, 404, 410}}


@pytest.mark.parametrize("value", HUGE)
def test_number_that_no_row_can_have_is_not_there(app, visitor, value):
    someone = visitor(account=ADMINISTRATOR)

    found = {path: someone.raw.get(path).status_code for path in _with(app, value, wanted=True)}

    assert len(found) > 5
    assert {404} == set(found.values())


OUTWARD = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "/\t/elsewhere.example/",
    "/\n/elsewhere.example/",
    "\t//elsewhere.example/",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "/%09/elsewhere.example/",
    "/.\\/elsewhere.example/",
)
LEADING = ("/preferences/theme", "/preferences/language", "/account/sign-in")


@pytest.mark.parametrize("path", LEADING)
@pytest.mark.parametrize("target", OUTWARD)
def test_no_form_leads_to_another_host(app, visitor, path, target, caplog):
    someone = visitor()
    data = {"name": INSPECTOR, "password": "xunjian-demo", "theme": "dark", "language": "zh"}

    with caplog.at_level(logging.WARNING, "xunjian.security"):
        answer = someone.post(path, {**data, "next": target})

    assert 302 == answer.status_code
    logged = any("leads-elsewhere" in line for line in caplog.messages)
    assert logged is not target.startswith("/%09")
    assert "localhost" == _host_for_a_browser(answer.headers["Location"])


@given(st.lists(st.sampled_from(["/", "\\", "\t", "\n", "a.b", "@", ":", "　", "%2f"]), max_size=6))
def test_whatever_is_asked_for_a_local_path_stays_here(parts):
    assert "localhost" == _host_for_a_browser(local_path("".join(parts)))


def _host_for_a_browser(location):
    """Where a browser goes: it drops tabs and line ends, and takes a backslash for a slash."""
    read = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33)))).replace("\\", "/")
    read = re.sub(r"^/{2,}", "//", read)
    return urlsplit(urljoin("http://localhost/here", read)).hostname
