import re
from datetime import timedelta

from inspections.models import AccountSessionRow, AuditRow
from tests.web.accounts.conftest import MONDAY, PASSWORD


def _cookie(visitor):
    return visitor.raw.get_cookie("session").value


def _is_in(visitor):
    return visitor.raw.get("/account/").status_code == 200


def test_session_planted_before_the_sign_in_is_worth_nothing_after_it(visitor):
    victim, attacker = visitor(), visitor()
    attacker.raw.get("/account/sign-in")
    planted = _cookie(attacker)
    victim.raw.set_cookie("session", planted)

    victim.sign_in("worker", PASSWORD)

    assert planted != _cookie(victim)
    assert _is_in(victim)
    assert not _is_in(attacker)


def test_each_sign_in_begins_a_session_and_ends_the_one_before(visitor, sessions):
    worker = visitor("worker")
    before = _cookie(worker)

    worker.sign_in("worker", PASSWORD)

    thief = visitor()
    thief.raw.set_cookie("session", before)
    assert not _is_in(thief)
    with sessions() as session:
        rows = session.query(AccountSessionRow).order_by(AccountSessionRow.id).all()
        assert ["replaced", None] == [row.ended_why for row in rows]
        assert len({row.secret_sha256 for row in rows}) == 2


def test_signed_out_cookie_that_somebody_kept_is_worth_nothing(visitor):
    worker = visitor("worker")
    kept = _cookie(worker)

    worker.post("/account/sign-out", {}, token_from="/account/")

    thief = visitor()
    thief.raw.set_cookie("session", kept)
    assert not _is_in(thief)


def test_person_sees_where_they_are_signed_in_and_ends_one(visitor):
    desk, phone = visitor("worker"), visitor("worker")
    html = desk.page("/account/sessions")
    (other,) = re.findall(r"/account/sessions/(\d+)/end", html)

    desk.post(f"/account/sessions/{other}/end", {}, token_from="/account/sessions")

    assert html.count("最近使用") == 2
    assert _is_in(desk)
    assert not _is_in(phone)


def test_nobody_ends_the_session_of_another(visitor):
    worker, officer = visitor("worker"), visitor("officer")
    visitor("worker")
    (other,) = re.findall(r"/account/sessions/(\d+)/end", worker.html("/account/sessions"))

    answer = officer.post(f"/account/sessions/{other}/end", {}, token_from="/account/")

    assert answer.status_code == 404


def test_signing_out_everywhere_ends_every_session_of_the_person_only(visitor):
    desk, phone, other = visitor("worker"), visitor("worker"), visitor("officer")

    desk.post("/account/sessions/end-all", {}, token_from="/account/sessions")

    assert [False, False, True] == [_is_in(each) for each in (desk, phone, other)]


def test_session_lasts_twelve_hours_from_its_last_use(visitor, clock):
    worker = visitor("worker")
    clock.now = MONDAY + timedelta(hours=11)
    assert _is_in(worker)
    clock.now = MONDAY + timedelta(hours=22)
    assert _is_in(worker)

    clock.now = MONDAY + timedelta(hours=35)

    assert not _is_in(worker)


def test_on_a_registered_tablet_whoever_signs_in_stays_in_for_thirty_days(visitor, clock):
    tablet = visitor("officer")
    registered = tablet.post(
        "/account/tablet", {"label": " 厨房  平板 "}, token_from="/account/sessions"
    )
    tablet.post("/account/sign-out", {}, token_from="/account/")
    tablet.sign_in("worker", PASSWORD)

    clock.now = MONDAY + timedelta(days=29)
    later = _is_in(tablet)
    html = tablet.page("/account/sessions")
    clock.now = MONDAY + timedelta(days=60)

    assert registered.status_code == 302
    assert later
    assert "厨房 平板" in html
    assert not _is_in(tablet)


def test_inspector_registers_no_tablet(visitor):
    worker = visitor("worker")

    answer = worker.post("/account/tablet", {"label": "x"}, token_from="/account/")

    assert answer.status_code == 403
    assert "登记这台平板" not in worker.page("/account/sessions")


def test_withdrawn_tablet_signs_everybody_on_it_out(visitor):
    tablet, boss = visitor("officer"), visitor("boss")
    tablet.post("/account/tablet", {"label": "厨房平板"}, token_from="/account/sessions")
    html = boss.page("/accounts/")
    (number,) = re.findall(r"/accounts/tablets/(\d+)/withdraw", html)

    boss.post(f"/accounts/tablets/{number}/withdraw", {}, token_from="/accounts/")

    assert not _is_in(tablet)
    tablet.sign_in("worker", PASSWORD)
    assert "登记的平板" not in tablet.page("/account/sessions")


def test_use_is_noted_every_few_minutes_with_where_it_came_from(visitor, clock, sessions):
    worker = visitor("worker")
    clock.now = MONDAY + timedelta(minutes=4)
    worker.raw.get("/account/")
    first = _row(sessions).seen_at

    clock.now = MONDAY + timedelta(minutes=6)
    agent = "Mozilla/5.0 (Linux; Android 14; Tab) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    worker.raw.get("/account/", headers={"User-Agent": agent})

    row = _row(sessions)
    assert (MONDAY, MONDAY + timedelta(minutes=6)) == (first, row.seen_at)
    assert ("Chrome, Android", "127.0.0.1") == (row.device, row.address)


def test_sign_ins_and_wrong_passwords_stand_in_the_audit_log_with_the_address(visitor, sessions):
    visitor().post("/account/sign-in", {"name": "worker", "password": "guess"})
    visitor("worker")

    with sessions() as session:
        rows = session.query(AuditRow).filter_by(subject="account/worker").order_by(AuditRow.id)
        told = [(row.action, row.via, row.address) for row in rows]
    assert [
        ("account.sign-in-failed", "web", "127.0.0.1"),
        ("account.signed-in", "web", "127.0.0.1"),
    ] == told


def test_address_that_guesses_is_held_off_whatever_names_it_tries(visitor, app):
    app.config["SIGN_IN_LIMIT"] = "3/10minutes"
    guesser = visitor()

    answers = [
        guesser.post("/account/sign-in", {"name": f"nobody{n}", "password": "x"}).status_code
        for n in range(5)
    ]

    assert [401, 401, 401, 429, 429] == answers


def test_password_that_is_known_already_changes_nothing_about_the_limit(visitor, app):
    app.config["SIGN_IN_LIMIT"] = "3/10minutes"

    for _time in range(5):
        visitor("worker")

    assert _is_in(visitor("worker"))


def _row(sessions):
    with sessions() as session:
        return session.query(AccountSessionRow).one()
