import re
from datetime import timedelta

import pytest

from inspections.models import AccountRow, AuditRow
from tests.web.accounts.conftest import MONDAY, PASSWORD

GOOD = "copper river under seven hats"
CONTRACTOR = {"name": "lift-firm", "role": "contractor", "person": "teacher-1", "email": ""}


def _person(boss):
    """Return a person who has no account."""
    html = boss.html("/accounts/new")
    return re.findall(r'<option value="([^"]+)"', html.split('id="person"')[1])[8]


def _invite(boss, **given):
    data = {"name": "newcomer", "role": "inspector", "person": _person(boss), **given}
    answer = boss.post("/accounts/new", data, token_from="/accounts/new")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200, html
    (url,) = re.findall(r'id="link" readonly value="http://localhost(/[^"]+)"', html)
    return url


def _number(boss, name):
    html = boss.html(f"/accounts/?q={name}")
    return re.search(rf'/accounts/(\d+)">{name}<', html)[1]


def _choose(client, url, password=GOOD, repeated=None):
    data = {"password": password, "repeated": password if repeated is None else repeated}
    return client.post(url, data, token_from=url)


def test_invited_person_chooses_a_password_and_is_in_with_the_role_given(visitor, sessions):
    boss, newcomer = visitor("boss"), visitor()
    url = _invite(boss)
    welcome = newcomer.page(url)

    answer = _choose(newcomer, url)

    assert "欢迎" in welcome
    assert answer.status_code == 302
    assert "检查员" in newcomer.page("/account/")
    with sessions() as session:
        rows = session.query(AuditRow).filter_by(subject="account/newcomer").order_by(AuditRow.id)
        told = [row.action for row in rows]
        secrets = [part for row in rows for part in (row.before, row.after)]
    assert [
        "account.invited",
        "account.invitation-made",
        "account.password-changed",
        "account.signed-in",
    ] == told
    assert url.rsplit("/", 1)[1] not in str(secrets)


def test_invitation_works_once_and_not_after_seven_days(visitor, clock):
    boss = visitor("boss")
    url = _invite(boss)
    _choose(visitor(), url)
    late = _invite(boss, name="latecomer", person="", role="viewer")

    used = visitor().raw.get(url).status_code
    clock.now = MONDAY + timedelta(days=7)
    expired = visitor()

    assert used == 410
    assert "链接已失效" in expired.page(late, status=410)
    assert _post_status(expired, late) == 410


def _post_status(client, url):
    return client.post(url, {"password": GOOD, "repeated": GOOD}).status_code


def test_account_that_nobody_opened_yet_has_no_password(visitor):
    boss = visitor("boss")
    _invite(boss)

    answer = visitor().post("/account/sign-in", {"name": "newcomer", "password": ""})
    guessed = visitor().post("/account/sign-in", {"name": "newcomer", "password": "nobody"})

    assert [422, 401] == [answer.status_code, guessed.status_code]


@pytest.mark.parametrize(
    ("password", "repeated", "told"),
    [
        ("short", None, "10 至 128"),
        ("x" * 129, None, "10 至 128"),
        ("password123", None, "太容易猜到"),
        ("woaini1314520", None, "太容易猜到"),
        ("newcomernewcomer", None, "太容易猜到"),
        (GOOD, GOOD + "!", "不一致"),
    ],
)
def test_easily_guessed_passwords_are_refused_with_the_reason(visitor, password, repeated, told):
    boss, newcomer = visitor("boss"), visitor()
    url = _invite(boss)

    answer = _choose(newcomer, url, password, repeated)

    assert answer.status_code == 409
    assert told in answer.get_data(as_text=True)
    assert newcomer.raw.get(url).status_code == 200


def test_reset_link_signs_out_and_replaces_the_password(visitor):
    boss, worker = visitor("boss"), visitor("worker")
    number = _number(boss, "worker")
    pages = [
        boss.post(f"/accounts/{number}/link", {}, token_from="/accounts/").get_data(as_text=True)
        for _time in range(2)
    ]
    first, second = (
        re.search(r'value="http://localhost(/account/[^"]+)"', page)[1] for page in pages
    )
    replaced = visitor().raw.get(first).status_code

    _choose(visitor(), second)

    assert replaced == 410
    assert worker.raw.get("/account/").status_code == 302
    wrong = visitor().post("/account/sign-in", {"name": "worker", "password": PASSWORD})
    right = visitor().post("/account/sign-in", {"name": "worker", "password": GOOD})
    assert [401, 302] == [wrong.status_code, right.status_code]


def test_deactivated_account_is_out_at_once_and_back_after_reactivation(visitor):
    boss, worker = visitor("boss"), visitor("worker")
    number = _number(boss, "worker")

    boss.post(f"/accounts/{number}/deactivate", {}, token_from="/accounts/")
    out = worker.raw.get("/account/").status_code
    refused = visitor().post("/account/sign-in", {"name": "worker", "password": PASSWORD})
    boss.post(f"/accounts/{number}/reactivate", {}, token_from="/accounts/")

    assert (302, 401) == (out, refused.status_code)
    assert visitor("worker").raw.get("/account/").status_code == 200


def test_changed_role_holds_at_the_next_page(visitor):
    boss, worker = visitor("boss"), visitor("worker")
    number = _number(boss, "worker")
    assert worker.raw.get("/coverage").status_code == 403

    boss.post(
        f"/accounts/{number}", {"role": "viewer", "person": ""}, token_from=f"/accounts/{number}"
    )

    assert worker.raw.get("/coverage").status_code == 200


def test_change_stands_in_the_log_with_both_sides(visitor):
    boss, head = visitor("boss"), visitor("head")
    number = _number(boss, "officer")
    data = {"role": "viewer", "person": "", "sites": "chunmiao", "email": "Li@Example.org"}

    boss.post(f"/accounts/{number}", data, token_from=f"/accounts/{number}")

    html = head.page("/audit/?subject=account/officer&area=account")
    assert re.search(r"角色</td><td>安全员</td><td><b>查阅者</b>", html)
    assert "li@example.org" in html


def test_nobody_takes_their_own_role_away_or_locks_themselves_out(visitor):
    boss = visitor("boss")
    number = _number(boss, "boss")

    role = boss.post(f"/accounts/{number}", {"role": "viewer"}, token_from=f"/accounts/{number}")
    off = boss.post(f"/accounts/{number}/deactivate", {}, token_from="/accounts/")

    assert [409, 409] == [role.status_code, off.status_code]
    assert boss.raw.get("/accounts/").status_code == 200


def test_every_fault_of_an_invitation_is_told_at_its_field(visitor):
    boss = visitor("boss")
    data = {"name": "worker", "role": "contractor", "person": "", "sites": "moon", "email": "x"}

    answer = boss.post("/accounts/new", data, token_from="/accounts/new")

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert ["name", "person", "sites", "email"] == re.findall(r'<li><a href="#(\w+)">', html)


def test_accounts_of_another_organisation_are_not_there(visitor, sessions):
    with sessions() as session:
        number = session.query(AccountRow).filter_by(name="worker").one().id
    other = visitor("other")

    answers = [
        other.raw.get(f"/accounts/{number}"),
        *(
            other.post(f"/accounts/{number}{step}", {"role": "viewer"}, token_from="/accounts/")
            for step in ("", "/link", "/deactivate", "/reactivate", "/sign-out")
        ),
    ]

    assert {404} == {answer.status_code for answer in answers}
    assert "worker" not in other.html("/accounts/")


def test_person_changes_their_password_and_stays_here_but_nowhere_else(visitor):
    here, elsewhere = visitor("worker"), visitor("worker")
    wrong = {"old": "guess", "password": GOOD, "repeated": GOOD}

    refused = here.post("/account/password", wrong, token_from="/account/password")
    done = here.post(
        "/account/password", {**wrong, "old": PASSWORD}, token_from="/account/password"
    )

    assert [409, 302] == [refused.status_code, done.status_code]
    assert here.raw.get("/account/").status_code == 200
    assert elsewhere.raw.get("/account/").status_code == 302


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_of_accounts_keep_the_rules_of_the_house(visitor, language):
    boss = visitor("boss", language)
    number = _number(boss, "worker")

    for path in (
        "/accounts/",
        "/accounts/?q=nothing-fits",
        "/accounts/new",
        f"/accounts/{number}",
        "/audit/",
        "/audit/?by=nobody",
        "/account/password",
        "/account/sessions",
        "/account/",
    ):
        boss.page(path)


def test_export_of_the_log_holds_what_the_filter_wants_and_no_formula(visitor):
    boss = visitor("boss")
    _invite(boss, name="@sum", person="", role="viewer")

    answer = boss.raw.get("/audit/export.csv?area=account")

    lines = answer.get_data(as_text=True).splitlines()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert lines[0] == "\ufeffat,by,action,subject,before,after,via,address,device"
    assert [line.split(",")[2] for line in lines[1:]] == [
        "account.invitation-made",
        "account.invited",
        "account.signed-in",
    ]


@pytest.mark.parametrize("account", ["officer", "worker"])
def test_only_administrators_and_responsible_persons_read_the_log(visitor, account):
    client = visitor(account)

    answers = [client.raw.get(path).status_code for path in ("/audit/", "/audit/export.csv")]

    assert [403, 403] == answers
