"""Pages of an organisation with more sites than one page shows: which of them, and which first."""

import re
from functools import cache

import pytest

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.importing import import_organisation
from rules.organisation.model import Organisation
from tests.web.client import CarefulClient
from tests.web.planned_record import MONDAY, PASSWORD
from web import create_app

SITES = 10
CITIES = ("杭州市", "青岛市")


def _text(words):
    return {"zh": words, "en": words}


def _chain():
    calendar = {"opening": [{"days": ["mon"], "opens": "08:00", "closes": "18:00"}]}
    sites = [
        {
            "id": f"shop-{number}",
            "name": _text(f"店{number}"),
            "facts": {"site.kind": "shop", "site.city": CITIES[number % 2]},
            "calendar": calendar,
        }
        for number in range(SITES)
    ]
    people = [
        {
            "id": f"guard-{number}",
            "name": _text(f"保安{number}"),
            "sites": [f"shop-{number}", f"shop-{(number + 1) % SITES}"],
            "roles": ["guard"],
            "team": "night" if number == 7 else "day",
        }
        for number in range(SITES)
    ]
    data = {"id": "chain", "name": _text("连锁"), "sites": sites, "people": people}
    return Organisation.model_validate(data)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('chain') / 'record.db'}"
    sessions = open_database(url)
    with sessions.begin() as session:
        import_organisation(session, _chain(), now=MONDAY)
        for name, person, sites in (
            ("head", None, ()),
            ("four", "guard-4", ()),
            ("two", None, ("shop-2",)),
        ):
            new = NewAccount("chain", name, PASSWORD, "safety-officer", person, sites)
            ensure_account(session, new, now=MONDAY)
    sessions.kw["bind"].dispose()
    settings = {"TESTING": True, "SECRET_KEY": "tests", "CLOCK": lambda: MONDAY}
    return create_app({**settings, "DATABASE_URL": url})


@pytest.fixture(scope="module")
def signed_in(app):
    @cache
    def enter(account):
        visitor = CarefulClient(app, "zh")
        visitor.sign_in(account, PASSWORD)
        return visitor

    return enter


def _people(html):
    return sorted(set(re.findall(r"<b>保安(\d)</b>", html)))


@pytest.mark.parametrize(
    ("account", "address", "expected"),
    [
        ("head", "/board/", "09"),
        ("four", "/board/", "34"),
        ("two", "/board/", "12"),
        ("head", "/board/?site=shop-5", "45"),
        ("head", "/board/?site=nonsense", "09"),
        ("head", "/board/?site=region:杭州市", "0123456789"),
        ("head", "/board/load?site=team:night", "7"),
        ("head", "/board/load?site=*&page=2", "789"),
        ("head", "/board/load?site=*&page=99", "789"),
    ],
)
def test_a_page_shows_the_people_of_the_sites_chosen(account, address, expected, signed_in):
    assert list(expected) == _people(signed_in(account).page(address))


def test_alerts_and_board_lead_from_page_to_page_of_the_same_sites(signed_in):
    visitor = signed_in("head")

    for address in ("/board/?site=*", "/board/load?site=*", "/alerts/?site=*"):
        assert re.search(r'rel="next" href="[^"]*site=\*[^"]*page=2', visitor.page(address))


def test_a_site_out_of_scope_is_not_there(signed_in):
    signed_in("two").page("/board/?site=shop-3", status=404)
    signed_in("two").page("/alerts/?site=shop-3", status=404)
