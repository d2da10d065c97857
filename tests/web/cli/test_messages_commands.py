import json
from datetime import UTC, datetime, time, timedelta

import pytest
import yaml
from click.testing import CliRunner

from inspections.database import open_database
from inspections.findings.opening import FindingReport, open_finding
from inspections.importing import import_organisation
from inspections.messages.choice import Choice, keep_choice
from inspections.models import FindingRow
from rules.loader import load_rulebook
from rules.organisation.model import Organisation
from rules.text import Text
from tests.inspections.conftest import DATA
from tests.inspections.messages.mail_server import mail_server
from web.cli import main


@pytest.fixture
def smtp():
    with mail_server() as running:
        yield running


@pytest.fixture
def record(tmp_path, monkeypatch):
    """A school where one person with a mailbox has an overdue finding; returns the URL."""
    monkeypatch.delenv("XUNJIAN_SMTP_URL", raising=False)
    url = f"sqlite:///{tmp_path}/record.db"
    data = yaml.safe_load((DATA / "campus.yaml").read_text("utf-8"))
    data["packs"] = []
    data["people"][2]["email"] = "cook@campus.example.cn"
    data["decisions"] = []
    sessions = open_database(url)
    now = datetime.now(UTC)
    with sessions.begin() as session:
        import_organisation(session, Organisation.model_validate(data), now=now)
        report = FindingReport(
            organisation="campus", site="main", title=Text(zh="门锁损坏", en="Broken lock"),
            severity="minor", by="head", place="kitchen", owner="cook",
        )  # fmt: skip
        found = open_finding(session, load_rulebook(), report, now=now)
        finding = session.get_one(FindingRow, found if isinstance(found, int) else found.id)
        finding.due_at = now - timedelta(days=1)
        keep_choice(session, "campus", "cook", choice=Choice("each", at=time(0)), now=now)
    sessions.kw["bind"].dispose()
    return url


def run(*arguments):
    return CliRunner().invoke(main, ["messages", *arguments])


def test_a_dry_run_tells_and_writes_nothing(record, smtp, monkeypatch):
    monkeypatch.setenv("XUNJIAN_SMTP_URL", smtp.url)

    first = run("send", "--dry-run", "--json", "--database", record)
    second = run("send", "--dry-run", "--json", "--database", record)

    assert (0, first.output) == (first.exit_code, second.output)
    (draft,) = json.loads(first.stdout)["would_put"]
    assert ("cook", "overdue") == (draft["recipient"], draft["kind"])
    assert [] == smtp.box.mails


def test_sending_twice_sends_once(record, smtp, monkeypatch):
    monkeypatch.setenv("XUNJIAN_SMTP_URL", smtp.url)
    monkeypatch.setenv("XUNJIAN_ADDRESS", "https://xj.example.cn/")

    first = json.loads(run("send", "--json", "--database", record).stdout)
    second = json.loads(run("send", "--json", "--database", record).stdout)

    assert ((1, 1), (0, 0)) == (
        (first["put"], first["sent"]),
        (second["put"], second["sent"]),
    )
    (mail,) = smtp.box.mails
    assert "巡检已过期：整改 F-" in mail["Subject"]
    assert "https://xj.example.cn/findings/1" in mail.get_content()


def test_what_failed_is_listed_with_its_reason_and_goes_again(record, smtp, monkeypatch):
    monkeypatch.setenv("XUNJIAN_SMTP_URL", smtp.url)
    smtp.box.answers["RCPT"] = ["550 no such mailbox"]

    assert 1 == run("send", "--database", record).exit_code
    listed = run("list", "--json", "--database", record)
    (line,) = json.loads(listed.stdout)["messages"]
    assert (1, "recipient-refused") == (listed.exit_code, line["code"])
    assert 0 == run("again", str(line["id"]), "--database", record).exit_code
    assert 0 == run("send", "--database", record).exit_code
    assert 1 == len(smtp.box.mails)
    assert 2 == run("again", str(line["id"]), "--database", record).exit_code
    assert 2 == run("again", "999", "--database", record).exit_code


@pytest.mark.parametrize("command", ["send", "check"])
@pytest.mark.parametrize(
    "url",
    [
        None,
        "mail.example.cn",
        "smtp://mail.example.cn",
        "smtp://mail.example.cn:x?from=a@example.cn",
        "smtp://user:hidden@mail.example.cn?from=a@example.cn&starttls=never",
        "smtp://mail.example.cn?from=a@example.cn&timeout=0",
        "smtps://user:w%C3%B6rt@mail.example.cn?from=a@example.cn",
    ],
)
def test_a_mail_server_that_cannot_be_used_is_bad_input(record, monkeypatch, command, url):
    if url:
        monkeypatch.setenv("XUNJIAN_SMTP_URL", url)

    result = run(command, "--json", "--database", record)

    assert 2 == result.exit_code
    (fault,) = json.loads(result.stdout)["faults"]
    assert "XUNJIAN_SMTP_URL" == fault["field"]
    assert "hidden" not in result.output


def test_the_server_is_tried_without_sending(record, smtp, monkeypatch):
    monkeypatch.setenv("XUNJIAN_SMTP_URL", smtp.url)
    usable = run("check", "--database", record)
    monkeypatch.setenv("XUNJIAN_SMTP_URL", "smtp://127.0.0.1:9?from=a@example.cn&timeout=1")
    closed = run("check", "--json", "--database", record)

    assert (0, 1) == (usable.exit_code, closed.exit_code)
    assert "unreachable" == json.loads(closed.stdout)["code"]
    assert [] == smtp.box.mails
