"""Single sign-on against a real provider in a process of its own."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from inspections.models import AccountRow, AuditRow
from tests.web.accounts.conftest import MONDAY
from tests.web.accounts.oidc_provider import CLIENT, SECRET
from tests.web.client import CarefulClient
from web import create_app

LI = {"sub": "1001", "email": "Li@Example.org", "email_verified": True, "name": "Li"}


@pytest.fixture(scope="module")
def provider():
    script = Path(__file__).with_name("oidc_provider.py")
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.terminate()


@pytest.fixture(scope="module")
def _with_a_provider(_application, provider):
    settings = {name: _application.config[name] for name in ("DATABASE_URL", "SECRET_KEY")}
    return create_app(
        {
            **settings,
            "TESTING": True,
            "CLOCK": lambda: MONDAY,
            "OIDC_ISSUER": provider,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAME": "School sign-on",
        }
    )


@pytest.fixture
def signing_on(app, _with_a_provider):
    """The application with a provider, on the record of *app* as it was at first."""
    return _with_a_provider


@pytest.fixture
def invited(sessions):
    """Give the inspector an address at the provider."""
    with sessions.begin() as session:
        session.query(AccountRow).filter_by(name="worker").one().email = "li@example.org"


def _away(client):
    """Return where the page leads: the provider's address."""
    answer = client.raw.get("/account/sign-on?next=/findings")
    assert answer.status_code == 302
    return answer.location


def _back(provider, away, person):
    """Let the provider vouch for *person*; return the way back, as a path."""
    requests.post(f"{provider}/who", json=person, timeout=10)
    answer = requests.get(away, allow_redirects=False, timeout=10)
    found = urlsplit(answer.headers["Location"])
    assert found.path == "/account/sign-on/back"
    return f"{found.path}?{found.query}"


def _signed_on(client, provider, person):
    return client.raw.get(_back(provider, _away(client), person))


def _is_in(client):
    return client.raw.get("/account/").status_code == 200


def test_invited_person_signs_on_and_is_known_by_subject_from_then_on(
    signing_on, provider, invited, sessions
):
    client, again = CarefulClient(signing_on), CarefulClient(signing_on)
    assert "School sign-on" in client.page("/account/sign-in")

    first = _signed_on(client, provider, LI)
    second = _signed_on(again, provider, {**LI, "email": "li@elsewhere.example"})

    assert (302, "/findings") == (first.status_code, first.location)
    assert "worker" in client.html("/account/")
    assert second.status_code == 302
    with sessions() as session:
        rows = session.query(AuditRow).filter_by(subject="account/worker").order_by(AuditRow.id)
        told = [row.action for row in rows]
        assert rows[1].after["how"] == "single-sign-on"
    assert ["account.sign-on-linked", "account.signed-in", "account.signed-in"] == told


def test_way_to_the_provider_carries_state_nonce_and_a_hashed_verifier(signing_on):
    asked = parse_qs(urlsplit(_away(CarefulClient(signing_on))).query)

    assert ["S256"] == asked["code_challenge_method"]
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize(
    "person",
    [
        {**LI, "email": "nobody@example.org"},
        {**LI, "email_verified": False},
        {**LI, "email_verified": "true"},
        {"sub": "1001"},
        {**LI, "email": "boss@example.org", "role": "administrator", "groups": ["admin"]},
    ],
    ids=["not invited", "not verified", "not quite verified", "no address", "says it is admin"],
)
def test_who_was_not_invited_gets_no_account(signing_on, provider, invited, sessions, person):
    client = CarefulClient(signing_on)
    before = _accounts(sessions)

    answer = _signed_on(client, provider, person)

    assert answer.status_code == 409
    assert not _is_in(client)
    assert before == _accounts(sessions)


@pytest.mark.parametrize("spoil", ["nonce", "signature", "issuer"])
def test_forged_tokens_sign_nobody_in(signing_on, provider, invited, spoil):
    client = CarefulClient(signing_on)

    answer = _signed_on(client, provider, {**LI, "spoil": spoil})

    assert answer.status_code == 401
    assert "单点登录没有成功" in answer.get_data(as_text=True)
    assert not _is_in(client)


def test_way_back_works_in_the_browser_that_went_and_only_once(signing_on, provider, invited):
    victim, attacker = CarefulClient(signing_on), CarefulClient(signing_on)
    back = _back(provider, _away(attacker), LI)

    planted = victim.raw.get(back)
    first = attacker.raw.get(back)
    replayed = CarefulClient(signing_on).raw.get(back)

    assert [401, 302, 401] == [planted.status_code, first.status_code, replayed.status_code]
    assert not _is_in(victim)


def test_deactivated_account_does_not_sign_on(signing_on, provider, invited, sessions):
    _signed_on(CarefulClient(signing_on), provider, LI)
    with sessions.begin() as session:
        session.query(AccountRow).filter_by(name="worker").one().active = False

    answer = _signed_on(CarefulClient(signing_on), provider, LI)

    assert answer.status_code == 409


def test_provider_that_is_down_leaves_the_password(app):
    settings = {name: app.config[name] for name in ("DATABASE_URL", "SECRET_KEY", "CLOCK")}
    issuer = {"OIDC_ISSUER": "http://127.0.0.1:9", "OIDC_CLIENT_ID": "x"}
    client = CarefulClient(create_app({**settings, **issuer, "TESTING": True}))

    answer = client.raw.get("/account/sign-on")

    assert answer.status_code == 503
    assert "或用密码登录" in answer.get_data(as_text=True)


def test_nothing_of_it_is_there_unless_it_is_configured(visitor):
    stranger = visitor()

    answers = [stranger.raw.get(f"/account/sign-on{end}").status_code for end in ("", "/back")]

    assert [404, 404] == answers
    assert "单点登录" not in stranger.html("/account/sign-in")


def _accounts(sessions):
    with sessions() as session:
        names = ("name", "role", "oidc_subject")
        return [tuple(getattr(row, name) for name in names) for row in session.query(AccountRow)]
