import base64
import hmac
import json
import logging
from datetime import timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, text

from inspections.messages.claims import BACKOFF
from inspections.messages.delivery import deliver
from inspections.messages.sealing import Seal, SealBroken, seal
from inspections.messages.webhook_carrier import WebhookCarrier
from inspections.messages.webhook_gate import WebhookRefused, check_address, door
from inspections.messages.webhooks import (
    NewWebhook,
    opened_webhooks,
    register_webhook,
    stop_webhook,
    webhooks_of,
)
from inspections.models import MessageRow
from tests.inspections.messages.conftest import NOW, draft, local, prepared, put_drafts
from tests.inspections.messages.robot_server import robot_server

KEY = "Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtbG9uZy1rZXk="


@pytest.fixture
def robot():
    with robot_server() as running:
        yield running


@pytest.fixture
def group(school, robot):
    """Register the robot as one of some kind; returns what delivers to it."""

    def register(kind, secret=None):
        new = NewWebhook("campus", "head", "安全群", kind, robot.url(), secret)
        with school.begin() as session:
            return register_webhook(session, new, seal=Seal(KEY), loopback=True, now=NOW)

    return register


def send(sessions, now=NOW):
    with sessions() as session:
        robots = opened_webhooks(session, Seal(KEY))
    carrier = WebhookCarrier(robots, clock=lambda: now, loopback=True, timeout=5)
    return deliver(sessions, {"webhook": carrier}, clock=lambda: now)


def post(number, webhook, **changes):
    body = "第一行\nhttps://xj.example.cn/alerts/"
    values = {"channel": "webhook", "recipient": f"webhook-{webhook}", "webhook": webhook}
    return draft(number, **{**values, "body": body, "address": None, **changes})


def rows(sessions):
    with sessions() as session:
        return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))


def test_wecom_gets_markdown(school, robot, group):
    put_drafts(school, post(1, group("wecom")))

    assert 1 == send(school).sent
    ((path, headers, body),) = robot.posts
    assert "/hook?key=secret-key" == path
    assert "application/json; charset=utf-8" == headers["Content-Type"]
    content = "**第 1 封**\n第一行\nhttps://xj.example.cn/alerts/"
    assert {"msgtype": "markdown", "markdown": {"content": content}} == json.loads(body)


def test_dingtalk_is_signed_in_the_address_with_the_time_in_milliseconds(school, robot, group):
    put_drafts(school, post(1, group("dingtalk", "SEC123")))

    send(school)

    ((path, _, body),) = robot.posts
    query = parse_qs(urlsplit(path).query)
    stamp = str(int(NOW.timestamp() * 1000))
    digest = hmac.new(b"SEC123", f"{stamp}\nSEC123".encode(), sha256).digest()
    assert {
        "key": ["secret-key"],
        "timestamp": [stamp],
        "sign": [base64.b64encode(digest).decode()],
    } == query
    assert "第 1 封" == json.loads(body)["markdown"]["title"]


def test_feishu_is_signed_in_the_body_with_the_time_in_seconds(school, robot, group):
    put_drafts(school, post(1, group("feishu", "s3cret")))

    send(school)

    said = json.loads(robot.posts[0][2])
    stamp = str(int(NOW.timestamp()))
    digest = hmac.new(f"{stamp}\ns3cret".encode(), b"", sha256).digest()
    assert (stamp, base64.b64encode(digest).decode()) == (said["timestamp"], said["sign"])
    link = "https://xj.example.cn/alerts/"
    assert {
        "title": "第 1 封",
        "content": [
            [{"tag": "text", "text": "第一行"}],
            [{"tag": "a", "text": link, "href": link}],
        ],
    } == said["content"]["post"]["zh_cn"]


def test_a_plain_receiver_can_tell_by_the_signature_who_posts(school, robot, group):
    put_drafts(school, post(1, group("json", "shared")))

    send(school)

    _, headers, body = robot.posts[0]
    expected = "sha256=" + hmac.new(b"shared", body, sha256).hexdigest()
    assert expected == headers["X-Xunjian-Signature"]
    assert ("test", "第 1 封") == (json.loads(body)["kind"], json.loads(body)["subject"])


@pytest.mark.parametrize(
    "answer",
    [(200, {"errcode": 45009}), (200, {"errcode": 130101}), (429, {}), (503, {})],
)
def test_a_robot_that_asks_for_patience_gets_it_later(school, robot, group, answer):
    put_drafts(school, post(1, group("wecom")))
    robot.answers = [answer]

    first = send(school)

    assert (1, "busy") == (first.later, rows(school)[0].reason["code"])
    assert 1 == send(school, NOW + BACKOFF[0]).sent


@pytest.mark.parametrize("answer", [(200, {"errcode": 93000}), (404, {}), (200, [])])
def test_a_robot_that_refuses_is_not_asked_again(school, robot, group, answer):
    put_drafts(school, post(1, group("wecom")))
    robot.answers = [answer]

    assert 1 == send(school).dead
    assert 0 == send(school, NOW + timedelta(days=1)).sent


def test_a_redirect_is_not_followed(school, robot, group):
    put_drafts(school, post(1, group("wecom")))
    robot.answers = [(302, {})]

    assert 1 == send(school).dead
    assert ["/hook?key=secret-key"] == [path for path, *_ in robot.posts]


def test_a_robot_that_takes_a_post_and_hangs_up_is_not_posted_to_twice(school, robot, group):
    put_drafts(school, post(1, group("wecom")))
    robot.hang_up = True

    assert 1 == send(school).unsure
    assert 0 == send(school, NOW + timedelta(days=1)).sent
    assert 1 == len(robot.posts)


def test_the_twenty_first_post_of_a_minute_waits_for_the_next(school, robot, group):
    webhook = group("wecom")
    put_drafts(school, *(post(number, webhook) for number in range(21)))

    assert 20 == send(school).sent
    assert [NOW + timedelta(minutes=1)] == [
        row.not_before for row in rows(school) if row.state == "waiting"
    ]
    assert [1] == [row.attempts for row in rows(school) if row.state == "sent"][:1]
    assert 1 == send(school, NOW + timedelta(minutes=1)).sent


def test_the_address_is_sealed_and_in_no_log_list_or_reason(school, robot, group, caplog):
    caplog.set_level(logging.DEBUG)
    webhook = group("wecom", "hidden-secret")
    put_drafts(school, post(1, webhook))
    robot.answers = [(404, {})]

    send(school)

    with school() as session:
        stored = str(session.execute(text("SELECT * FROM webhook")).all())
        audit = str(session.execute(text("SELECT * FROM audit_log")).all())
        listed = repr(webhooks_of(session, "campus"))
        opened = repr(opened_webhooks(session, Seal(KEY)))
    told = [stored, audit, listed, opened, caplog.text, str(rows(school)[0].reason)]
    assert not any("secret-key" in one or "hidden-secret" in one for one in told)


def test_another_key_does_not_open_the_addresses(school, group):
    group("wecom")

    other = Seal("b3RoZXItdGVzdHMtb25seS0zMi1ieXRlcy1sb25nLWs=")
    with school() as session, pytest.raises(SealBroken):
        opened_webhooks(session, other)


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("XUNJIAN_SEAL_KEY", raising=False)
    path = tmp_path / "var" / "seal.key"

    sealed = seal(path).close("x")

    assert "x" == seal(path).open(sealed)
    assert 0o600 == path.stat().st_mode & 0o777


def test_a_stopped_robot_gets_nothing_and_forgets_its_address(school, robot, group):
    webhook = group("wecom")
    put_drafts(school, post(1, webhook))
    with school.begin() as session:
        stop_webhook(session, webhook, organisation="campus", by="head", now=NOW)

    told = send(school)

    assert (1, []) == (told.dead, robot.posts)
    with school() as session:
        assert [("", None)] == session.execute(text("SELECT address, secret FROM webhook")).all()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", "wecom"),
        ("https://evil.example/cgi-bin/webhook/send?key=1", "wecom"),
        ("https://qyapi.weixin.qq.com.evil.example/x", "wecom"),
        ("https://127.0.0.1/x", "json"),
        ("https://[::1]/x", "json"),
        ("https://169.254.169.254/latest/meta-data", "json"),
        ("https://10.0.0.8/x", "json"),
        ("https://printer/x", "json"),
        ("https://user:password@hooks.example.com/x", "json"),
        ("file:///etc/passwd", "json"),
        ("https://hooks.example.com:port/x", "json"),
        ("https://hooks.example.com/a b", "json"),
        ("", "json"),
    ],
)
def test_no_address_inside_the_house_or_of_another_maker_is_admitted(url, kind):
    with pytest.raises(WebhookRefused) as refused:
        check_address(url, kind, loopback=False)

    assert "169.254" not in refused.value.text.en
    assert "password@" not in refused.value.text.en


def test_a_name_that_means_a_machine_inside_is_refused_when_it_is_looked_up(monkeypatch):
    import socket

    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.5", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: inside)

    with pytest.raises(WebhookRefused):
        door("https://hooks.example.com/x", "json", loopback=False)


def test_a_group_gets_one_overview_a_day(planned, rulebook, group):
    group("wecom")
    channels = ("webhook",)

    early = prepared(planned, rulebook, local(3, "07:29"), channels=channels)
    first = prepared(planned, rulebook, local(3, "07:30"), channels=channels)
    again = prepared(planned, rulebook, local(3, "12:00"), channels=channels)

    assert ([], 1, []) == (early, len(first), again)
    assert "巡检概况 3月3日" == first[0].subject
    assert first[0].body.startswith("今天应检 ")
    assert first[0].body.endswith("https://xj.example.cn/alerts/")
