from datetime import time, timedelta

from sqlalchemy import select

from inspections.findings.opening import FindingReport, open_finding
from inspections.findings.rectification import escalate
from inspections.models import MessageRow, PersonRow
from inspections.outcomes import excuse
from inspections.sweep import sweep
from rules.text import Text
from tests.inspections.messages.conftest import choose, local, occurrences, prepared
from tests.inspections.more_time import grant


def to(person, drafts):
    return [one for one in drafts if one.recipient == person]


def opened(sessions, rulebook, now, **changes):
    report = FindingReport(
        organisation="campus",
        site="main",
        title=Text(zh="门锁损坏", en="Broken lock"),
        severity="moderate",
        by="cook",
        place="kitchen",
        **changes,
    )
    with sessions.begin() as session:
        finding = open_finding(session, rulebook, report, now=now)
        session.flush()
        return finding if isinstance(finding, int) else finding.id


def test_the_digest_comes_at_the_chosen_hour_once(planned, rulebook):
    choose(planned, "officer", at=time(6, 45))

    early = to("officer", prepared(planned, rulebook, local(3, "06:44")))
    first = to("officer", prepared(planned, rulebook, local(3, "06:45")))
    again = to("officer", prepared(planned, rulebook, local(3, "06:46")))

    assert ([], 1, []) == (early, len(first), again)
    assert "巡检摘要 3月3日" == first[0].subject
    assert "officer@campus.example.cn" == first[0].address


def test_the_digest_says_what_is_due_today_why_and_where_to_go(planned, rulebook):
    (found,) = to("officer", prepared(planned, rulebook, local(2, "07:30")))

    lines = found.body.splitlines()
    assert "【今天 1 项】" == lines[0]
    assert "· 操场每日巡查（操场）" == lines[1]
    assert "  截止 3月2日（周一）16:00" == lines[2]
    assert "依据：" in lines[3]
    assert lines[4].startswith("https://xj.example.cn/occurrences/")
    assert "https://xj.example.cn/account/messages" == lines[-1]


def test_the_digest_speaks_english_to_who_chose_so(planned, rulebook):
    choose(planned, "officer", language="en")

    (found,) = to("officer", prepared(planned, rulebook, local(3, "07:30")))

    assert "Xunjian digest for 2026-03-03" == found.subject
    assert "· Daily round of the yard (Yard)" in found.body
    assert not any("一" <= letter <= "鿿" for letter in found.body)


def test_who_has_nothing_to_do_gets_no_mail_and_the_outbox_says_why(planned, rulebook):
    drafts = to("fitter", prepared(planned, rulebook, local(3, "07:30")))

    with planned() as session:
        row = session.scalars(select(MessageRow).filter_by(person="fitter")).one()
    assert [] == drafts
    assert ("withdrawn", "nothing-to-say") == (row.state, row.reason["code"])


def test_who_is_away_gets_no_digest(planned, rulebook):
    opened(planned, rulebook, local(6, "09:00"), owner="fitter")

    away = to("fitter", prepared(planned, rulebook, local(10, "07:30")))
    back = to("fitter", prepared(planned, rulebook, local(11, "07:30")))

    assert ([], 1) == (away, len(back))


def test_what_is_overdue_or_missed_leads_the_digest(planned, rulebook):
    with planned.begin() as session:
        sweep(session, now=local(2, "18:01"))

    (found,) = to("officer", prepared(planned, rulebook, local(3, "07:30")))

    assert found.body.startswith("【已过期 1 项】\n· 操场每日巡查（操场）\n")
    assert "已过期，应于 3月2日（周一）16:00；已漏检，可补检" in found.body


def test_a_hidden_random_check_is_in_no_digest_before_it_opens(planned, rulebook):
    with planned() as session:
        task = occurrences(session, "yard-random")[0]
    day = task.opens_at.astimezone(local(1, "00:00").tzinfo)
    before = to(
        "head", prepared(planned, rulebook, day.replace(hour=0, minute=1) - timedelta(hours=12))
    )

    assert task.hidden_until is not None
    assert not any("抽查" in one.body for one in before)


def test_changes_since_the_last_digest_are_told_once(planned, rulebook):
    finding = opened(planned, rulebook, local(3, "09:00"), owner="cook")
    prepared(planned, rulebook, local(4, "07:30"))
    with planned.begin() as session:
        grant(session, finding, until=local(20, "12:00").date(), now=local(4, "10:00"))
        task = occurrences(session, "yard-daily")[4]
        excuse(
            session, occurrence_id=task.id, reason="修地面", approver="head", now=local(4, "10:00")
        )

    fifth = prepared(planned, rulebook, local(5, "07:30"))
    sixth = prepared(planned, rulebook, local(6, "07:30"))

    assert "延期：F-2026-00001 门锁损坏" in to("cook", fifth)[0].body
    assert "豁免：操场每日巡查" in to("officer", fifth)[0].body
    assert not any("延期：" in one.body for one in to("cook", sixth))


def test_a_rung_of_the_ladder_is_told_at_once_to_whom_it_names(planned, rulebook):
    finding = opened(planned, rulebook, local(3, "09:00"), owner="cook")
    with planned.begin() as session:
        escalate(
            session, finding_id=finding, by="sweep", now=local(9, "09:00"), to="head", note="逾期"
        )

    first = [
        one for one in prepared(planned, rulebook, local(9, "09:01")) if one.kind == "escalated"
    ]
    again = [
        one for one in prepared(planned, rulebook, local(9, "09:02")) if one.kind == "escalated"
    ]

    assert (["head"], []) == ([one.recipient for one in first], again)
    assert "巡检升级提醒：整改 F-2026-00001 门锁损坏" == first[0].subject


def test_quiet_hours_hold_a_message_until_they_end(planned, rulebook):
    choose(planned, "head", quiet=(time(21, 0), time(6, 30)))
    finding = opened(planned, rulebook, local(3, "09:00"), owner="cook")
    with planned.begin() as session:
        escalate(
            session, finding_id=finding, by="sweep", now=local(9, "22:00"), to="head", note="逾期"
        )

    found = [
        one for one in prepared(planned, rulebook, local(9, "22:01")) if one.kind == "escalated"
    ]

    assert [local(10, "06:30")] == [one.not_before for one in found]


def test_who_chose_off_or_has_no_mailbox_is_written_to_by_nobody(planned, rulebook):
    choose(planned, "officer", mode="off")
    with planned.begin() as session:
        session.scalars(select(PersonRow).filter_by(key="guard")).one().email = None

    drafts = prepared(planned, rulebook, local(31, "12:00"))

    assert {"officer", "guard"}.isdisjoint(one.recipient for one in drafts)
