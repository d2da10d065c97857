from datetime import timedelta
from email.utils import parseaddr

import pytest
from sqlalchemy import select

from inspections.messages.claims import BACKOFF, LEASE
from inspections.messages.delivery import deliver
from inspections.messages.smtp_carrier import SmtpCarrier
from inspections.messages.smtp_settings import smtp_settings
from inspections.models import MessageRow
from tests.inspections.messages.conftest import NOW, draft, put_drafts


def send(sessions, url, *, now=NOW):
    return deliver(sessions, {"mail": SmtpCarrier(smtp_settings(url))}, clock=lambda: now)


def rows(sessions):
    with sessions() as session:
        return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))


def test_what_is_put_twice_is_sent_once(school, smtp):
    put_drafts(school, draft())
    again = put_drafts(school, draft())

    told = send(school, smtp.url)
    send(school, smtp.url, now=NOW + timedelta(days=1))

    assert (0, 1) == (again, told.sent)
    assert ["sent"] == [row.state for row in rows(school)]
    (mail,) = smtp.box.mails
    assert "第 1 封" == mail["Subject"]
    assert ["正文", ".点开头的行"] == mail.get_content().splitlines()
    assert ("巡检 Xunjian", "xunjian@example.cn") == parseaddr(str(mail["From"]))
    assert "head@campus.example.cn" == mail["To"]
    assert "auto-generated" == mail["Auto-Submitted"]


def test_a_message_waits_for_its_hour(school, smtp):
    put_drafts(school, draft(not_before=NOW + timedelta(hours=8)))

    early = send(school, smtp.url, now=NOW + timedelta(hours=7, minutes=59))
    late = send(school, smtp.url, now=NOW + timedelta(hours=8))

    assert (0, 1) == (early.sent, late.sent)


def test_a_server_that_is_not_there_costs_one_attempt_and_the_mail_goes_later(school, smtp):
    put_drafts(school, draft(1), draft(2))
    nobody = "smtp://127.0.0.1:9?from=xunjian@example.cn&timeout=2"

    first = send(school, nobody)

    assert (0, 2) == (first.sent, first.later)
    assert {"unreachable"} == {row.reason["code"] for row in rows(school)}
    assert {NOW + BACKOFF[0]} == {row.not_before for row in rows(school)}
    assert 2 == send(school, smtp.url, now=NOW + BACKOFF[0]).sent
    assert 2 == len(smtp.box.mails)


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_mail_that_is_put_off_is_tried_again_with_the_same_message_id(school, smtp, step):
    put_drafts(school, draft())
    smtp.box.answers[step] = ["451 try later"]

    first = send(school, smtp.url)
    second = send(school, smtp.url, now=NOW + BACKOFF[0])

    assert (1, 1) == (first.later, second.sent)
    (row,) = rows(school)
    assert f"<{row.message_id}@example.cn>" == smtp.box.mails[0]["Message-ID"]


@pytest.mark.parametrize(
    ("step", "code"), [("RCPT", "recipient-refused"), ("DATA", "message-refused")]
)
def test_a_refusal_for_good_is_dead_with_its_reason_and_others_still_go(school, smtp, step, code):
    put_drafts(school, draft(1), draft(2))
    smtp.box.answers[step] = ["550 no such mailbox"]

    told = send(school, smtp.url)

    assert (1, 1) == (told.dead, told.sent)
    dead, sent = rows(school)
    assert ("dead", "sent") == (dead.state, sent.state)
    assert code == dead.reason["code"]
    assert "550 no such mailbox" in dead.reason["en"]


def test_after_the_last_attempt_a_message_is_dead(school):
    put_drafts(school, draft())
    nobody = "smtp://127.0.0.1:9?from=xunjian@example.cn&timeout=2"
    now = NOW
    for wait in (*BACKOFF, timedelta()):
        told = send(school, nobody, now=now)
        now += wait

    assert 1 == told.dead
    assert ["dead"] == [row.state for row in rows(school)]
    assert 0 == send(school, nobody, now=now + timedelta(days=9)).later


def test_a_server_that_takes_the_mail_and_never_answers_is_not_sent_to_twice(school, smtp):
    put_drafts(school, draft())
    smtp.box.silent.set()

    first = send(school, smtp.url.replace("timeout=5", "timeout=1"))
    smtp.box.released.set()
    second = send(school, smtp.url, now=NOW + timedelta(days=1))

    assert (1, 0) == (first.unsure, second.sent)
    assert ["unsure"] == [row.state for row in rows(school)]
    assert 1 == len(smtp.box.mails)


def test_a_reminder_whose_matter_is_settled_or_old_is_withdrawn(school, smtp):
    put_drafts(
        school,
        draft(1, kind="overdue", about="occurrence/999"),
        draft(2, stale_at=NOW + timedelta(hours=1)),
    )

    told = send(school, smtp.url, now=NOW + timedelta(hours=2))

    assert (2, 0) == (told.withdrawn, told.sent)
    assert ["settled", "stale"] == [row.reason["code"] for row in rows(school)]
    assert [] == smtp.box.mails


def test_a_line_break_in_a_subject_makes_no_header(school, smtp):
    put_drafts(school, draft(subject="检查\r\nBcc: everyone@example.cn"))

    send(school, smtp.url)

    (mail,) = smtp.box.mails
    assert "检查 Bcc: everyone@example.cn" == mail["Subject"]
    assert mail["Bcc"] is None


def test_a_sender_that_lost_its_claim_hands_nothing_over(school, smtp):
    put_drafts(school, draft())
    inner = SmtpCarrier(smtp_settings(smtp.url))

    class Slow:
        channel = "mail"

        def hand_over(self, message, *, begin):
            send(school, smtp.url, now=NOW + LEASE + timedelta(seconds=1))
            inner.hand_over(message, begin=begin)

        def close(self):
            inner.close()

    told = deliver(school, {"mail": Slow()}, clock=lambda: NOW)

    assert 0 == told.sent
    assert 1 == len(smtp.box.mails)


def test_an_address_in_other_letters_goes_by_its_plain_form_or_not_at_all(school, smtp):
    put_drafts(
        school,
        draft(1, address="li@例子.中国"),
        draft(2, address="李@example.cn"),
        draft(3),
    )

    told = send(school, smtp.url)

    assert (2, 1) == (told.sent, told.dead)
    assert ["sent", "dead", "sent"] == [row.state for row in rows(school)]
    assert "address" == rows(school)[1].reason["code"]


def test_a_message_that_breaks_the_program_stops_no_other(school, smtp):
    put_drafts(school, draft(1), draft(2))
    inner = SmtpCarrier(smtp_settings(smtp.url))

    class Broken:
        channel = "mail"

        def hand_over(self, message, *, begin):
            if message.subject == "第 1 封":
                raise ZeroDivisionError
            inner.hand_over(message, begin=begin)

        def close(self):
            inner.close()

    told = deliver(school, {"mail": Broken()}, clock=lambda: NOW)

    assert (1, 1) == (told.unsure, told.sent)
    assert ["unsure", "sent"] == [row.state for row in rows(school)]
    assert "fault" == rows(school)[0].reason["code"]
