"""Signing in and out; who may look at what stands in `tests/security/permission_table.py`."""

from datetime import timedelta

from tests.web.conftest import MONDAY, application, planned_record, visitor_of
from tests.web.pages import INSPECTOR


def test_stranger_is_led_to_the_sign_in_page_and_back_to_what_they_asked_for(client):
    answer = client().raw.get("/findings?show=open")

    assert answer.status_code == 302
    assert answer.location == "/account/sign-in?next=/findings?show%3Dopen"


def test_page_asked_for_is_shown_after_signing_in(client):
    visitor = client()

    answer = visitor.post(
        "/account/sign-in",
        {"name": INSPECTOR, "password": "xunjian-demo", "next": "/findings?show=open"},
    )

    assert answer.location == "/findings?show=open"


def test_sign_in_never_leads_to_another_host(client):
    visitor = client()
    data = {"name": INSPECTOR, "password": "xunjian-demo", "next": "//elsewhere.example/x"}

    answer = visitor.post("/account/sign-in", data)

    assert answer.location == "/"


def test_empty_sign_in_names_both_fields(client):
    answer = client().post("/account/sign-in", {"name": "", "password": ""})

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#name"' in html
    assert 'href="#password"' in html


def test_record_of_another_organisation_is_not_there(client):
    html = client(account=INSPECTOR).page("/occurrences/999999", status=404)

    assert "没有" in html


def test_guessing_is_slowed_down_and_the_right_password_works_later(tmp_path):
    url = f"sqlite:///{tmp_path}/record.db"
    planned_record(url)
    app = application(url)
    clock = {"now": MONDAY}
    app.config["CLOCK"] = lambda: clock["now"]
    visitor = visitor_of(app)
    wrong = {"name": INSPECTOR, "password": "guess"}

    answers = [visitor.post("/account/sign-in", wrong).status_code for _ in range(5)]
    blocked = visitor.post("/account/sign-in", {**wrong, "password": "xunjian-demo"})
    clock["now"] = MONDAY + timedelta(minutes=2)
    later = visitor.post("/account/sign-in", {**wrong, "password": "xunjian-demo"})

    assert answers == [401] * 5
    assert blocked.status_code == 429
    assert later.status_code == 302


def test_signing_out_ends_the_session(client):
    visitor = client(account=INSPECTOR)

    visitor.post("/account/sign-out", {}, token_from="/account/")

    assert visitor.raw.get("/today").status_code == 302


def test_health_tells_that_the_record_is_in_reach(client):
    answer = client().raw.get("/health")

    assert answer.get_json() == {"status": "ok", "organisations": 1}
