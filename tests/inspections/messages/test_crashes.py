import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from inspections.messages.claims import LEASE
from inspections.models import MessageRow
from tests.inspections.messages.conftest import NOW, draft, put_drafts

ROOT = Path(__file__).parents[3]
AFTER = NOW + LEASE + timedelta(seconds=1)


def start(database, url, now=NOW):
    command = [sys.executable, "-m", "tests.inspections.messages.sender"]
    return subprocess.Popen(
        [*command, database, url, now.isoformat()], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def sent_by(process):
    output, _ = process.communicate(timeout=120)
    return int(output or 0)


def states(sessions):
    with sessions() as session:
        return list(session.scalars(select(MessageRow.state).order_by(MessageRow.id)))


def killed_at(step, database, smtp):
    smtp.box.kill_at = step
    process = start(database, smtp.url)
    smtp.box.victim = lambda: process.pid
    process.communicate(timeout=120)
    return process.returncode


def test_a_sender_killed_before_the_message_is_followed_by_one_that_sends_it(
    school, database_url, smtp
):
    put_drafts(school, draft())

    assert -9 == killed_at("RCPT", database_url, smtp)
    assert [] == smtp.box.mails

    assert 0 == sent_by(start(database_url, smtp.url))
    assert 1 == sent_by(start(database_url, smtp.url, AFTER))
    assert 1 == len(smtp.box.mails)
    assert ["sent"] == states(school)


def test_a_sender_killed_after_the_server_took_the_message_does_not_make_a_second_one(
    school, database_url, smtp
):
    put_drafts(school, draft())

    assert -9 == killed_at("DATA", database_url, smtp)

    assert 0 == sent_by(start(database_url, smtp.url, AFTER))
    assert 1 == len(smtp.box.mails)
    assert ["unsure"] == states(school)


@pytest.mark.timeout(240)
def test_two_senders_at_once_send_each_message_once(school, database_url, smtp):
    put_drafts(school, *(draft(number) for number in range(60)))

    both = [start(database_url, smtp.url), start(database_url, smtp.url)]
    counts = [sent_by(process) for process in both]

    subjects = sorted(str(mail["Subject"]) for mail in smtp.box.mails)
    assert 60 == sum(counts)
    assert sorted(f"第 {number} 封" for number in range(60)) == subjects
    assert {"sent"} == set(states(school))
