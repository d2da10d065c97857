"""Reports without an account: kept once, decided once, and every one of them accounted for."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import func, select

from inspections.answers import AnswerGiven
from inspections.codes.behind import behind
from inspections.codes.due_here import due_here, targets_at
from inspections.codes.history import history
from inspections.codes.report_desk import dismiss, make_finding, make_ticket, take_back
from inspections.codes.report_list import report_counts, report_detail, reports_page
from inspections.codes.reports import NewReport, NoLongerThere, receive_report, report_progress
from inspections.codes.results_shown import show_results
from inspections.codes.short_code import code_from, seed_of
from inspections.codes.standing import standing
from inspections.device_clock import server_clock
from inspections.editing import Editor, NotAllowed
from inspections.errors import FormUsedAlready, NotFound, WrongState
from inspections.evidence import EvidenceStore, Owner, evidence_of
from inspections.findings.rectification import confirm, submit_rectification
from inspections.importing import import_organisation
from inspections.models import (
    AuditRow,
    DutyRow,
    FindingRow,
    FollowUpRow,
    OccurrenceRow,
    ProblemReportRow,
    SiteRow,
)
from inspections.photo_check import NotAPhoto
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
SENT = datetime(2026, 3, 2, 3, 20, tzinfo=UTC)
READ = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)
LATER = SENT + timedelta(hours=1)
FRIDGE = code_from(seed_of("campus", "main", "asset", "fridge"))
KITCHEN = code_from(seed_of("campus", "main", "place", "kitchen"))
OFFICER = Editor("campus", "officer", "safety-officer")


@pytest.fixture
def school(session, campus):
    import_organisation(session, campus, now=NOW)
    return session


@pytest.fixture
def planned(school, rulebook):
    span = {"since": date(2026, 3, 2), "until": date(2026, 3, 3)}
    plan(school, rulebook, organisation_id="campus", now=NOW, **span)
    return school


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path / "evidence")


def _photo(colour="red"):
    buffer = BytesIO()
    Image.new("RGB", (8, 8), colour).save(buffer, "PNG")
    return buffer.getvalue()


def _send(session, store, code=FRIDGE, *, what="门关不上", photos=(), client_id=None):
    new = NewReport(code, client_id or str(uuid4()), what, "137 0000 0000", photos)
    number = receive_report(session, store, new, now=SENT)
    row = session.scalars(select(ProblemReportRow).filter_by(number=number)).one()
    return row.id


def test_report_sent_twice_is_one_with_one_number(school, store):
    client_id = str(uuid4())

    first = _send(school, store, client_id=client_id, photos=[_photo()])
    again = _send(school, store, client_id=client_id, photos=[_photo()])

    assert first == again
    assert 1 == school.scalar(select(func.count()).select_from(ProblemReportRow))
    assert "R-2026-00001" == report_progress(school, client_id).number
    assert 1 == report_progress(school, client_id).photos


@pytest.mark.parametrize("more", [{"what": "灯也不亮"}, {"photos": [_photo()]}])
def test_form_that_kept_a_report_keeps_no_other_without_a_word(school, store, more):
    client_id = str(uuid4())
    _send(school, store, client_id=client_id)

    with pytest.raises(FormUsedAlready):
        _send(school, store, client_id=client_id, **more)


def test_file_that_is_no_photo_is_refused_and_nothing_is_kept(school, store):
    with pytest.raises(NotAPhoto):
        _send(school, store, photos=[_photo(), b"<script>alert(1)</script>"])

    assert 0 == school.scalar(select(func.count()).select_from(ProblemReportRow))


def test_report_becomes_a_finding_with_its_photos_and_the_next_one_joins_it(
    school, store, rulebook
):
    report = _send(school, store, photos=[_photo(), _photo("blue")])
    given = {"title": "冰箱门关不严", "severity": "moderate", "editor": OFFICER, "now": LATER}

    found = make_finding(school, rulebook, report, **given)

    finding = school.get_one(FindingRow, found)
    assert ("fridge", "kitchen", "moderate") == (finding.asset, finding.place, finding.severity)
    assert "R-2026-00001: 门关不上" == finding.detail
    assert 2 == len(evidence_of(school, Owner(finding_id=found)))
    detail = report_detail(school, report, organisation="campus")
    assert ("finding", finding.number) == (detail.outcome, detail.became)
    again = make_finding(
        school, rulebook, _send(school, store, what="冰箱在滴水"), same_as=found, **given
    )
    assert found == again
    assert 1 == school.scalar(select(func.count()).select_from(FindingRow))


def test_whoever_reported_sees_how_it_goes_and_no_name(school, store, rulebook):
    client_id = str(uuid4())
    report = _send(school, store, client_id=client_id)
    seen = [report_progress(school, client_id).progress]
    given = {"title": "门", "severity": "minor", "editor": OFFICER, "now": LATER}

    finding = make_finding(school, rulebook, report, **given)
    seen.append(report_progress(school, client_id).progress)
    submit_rectification(school, finding_id=finding, by="cook", now=LATER, note="换了门封")
    confirm(school, finding_id=finding, by="officer", now=LATER)
    last = report_progress(school, client_id)

    assert ["waiting", "in-hand"] == seen
    assert ("put-right", LATER) == (last.progress, last.ended_at)
    assert not {"cook", "officer", "Li"} & set(map(str, vars(last).values()))


def test_counts_of_what_became_of_reports_add_up(school, store, rulebook):
    ids = [_send(school, store, code) for code in (FRIDGE, FRIDGE, KITCHEN, KITCHEN, FRIDGE)]
    common = {"editor": OFFICER, "now": LATER}
    first = make_finding(school, rulebook, ids[0], title="a", severity="minor", **common)
    make_finding(school, rulebook, ids[1], title="a", severity="minor", same_as=first, **common)
    make_ticket(school, ids[2], title="b", category="building", priority="normal", **common)
    dismiss(school, ids[3], reason="看过，正常", **common)

    (counts,) = report_counts(school, "campus")
    pages = {
        show: reports_page(school, "campus", sites=(), show=show, number=1).total
        for show in ("all", "waiting", "finding", "joined", "ticket", "dismissed")
    }

    assert 5 == counts.received == pages.pop("all")
    assert pages == dict.fromkeys(pages, 1) == counts.counts


def test_decision_stands_in_the_audit_log_and_is_taken_once(school, store, rulebook):
    report = _send(school, store)
    common = {"editor": OFFICER, "now": LATER}
    dismiss(school, report, reason="看过，正常", **common)

    with pytest.raises(WrongState):
        make_ticket(school, report, title="b", category="other", priority="normal", **common)
    take_back(school, report, **common)
    with pytest.raises(WrongState):
        take_back(school, report, **common)

    query = select(AuditRow).where(AuditRow.subject == "report/R-2026-00001")
    logged = [(row.action, row.by) for row in school.scalars(query.order_by(AuditRow.id))]
    assert [("report.dismissed", "officer"), ("report.taken-back", "officer")] == logged
    assert "waiting" == report_detail(school, report, organisation="campus").outcome


def test_others_decide_nothing_and_an_officers_choice_is_logged_once(school, store):
    report = _send(school, store)
    others = {
        Editor("campus", "guard", "inspector"): NotAllowed,
        Editor("elsewhere", "officer", "safety-officer"): NotFound,
        Editor("campus", "officer", "safety-officer", ("other",)): NotFound,
    }

    for editor, refusal in others.items():
        with pytest.raises(refusal):
            dismiss(school, report, reason="x", editor=editor, now=LATER)
        with pytest.raises(refusal):
            show_results(school, "main", shown=True, editor=editor, now=LATER)

    assert "waiting" == report_detail(school, report, organisation="campus").outcome
    show_results(school, "main", shown=True, editor=OFFICER, now=LATER)
    show_results(school, "main", shown=True, editor=OFFICER, now=LATER)
    assert school.scalars(select(SiteRow.shows_results)).one()
    assert 1 == len(school.scalars(select(AuditRow).filter_by(action="site.results-shown")).all())


def test_nothing_is_reported_for_what_is_gone(school, store, campus):
    site = campus.sites[0]
    left = site.model_copy(update={"assets": site.assets[:1]})
    import_organisation(school, campus.model_copy(update={"sites": (left,)}), now=LATER)

    with pytest.raises(NoLongerThere):
        _send(school, store)


def test_checks_at_a_place_are_those_of_the_place_and_what_stands_in_it(planned):
    kitchen = behind(planned, KITCHEN)

    found = due_here(planned, targets_at(planned, kitchen.on), person="cook", now=SENT)
    rows = (*found.mine, *found.others)
    told = standing(planned, kitchen.on, organisation="campus", results=False, now=SENT)

    assert {("place", "kitchen"), ("asset", "fridge")} >= {row.on[1:] for row in rows}
    assert [row.due_at for row in found.mine] == sorted(row.due_at for row in found.mine)
    assert rows
    assert told.last is None
    assert SENT <= told.next_due


def test_history_holds_reports_findings_and_tickets_newest_first(school, store, rulebook):
    first, second = _send(school, store), _send(school, store)
    common = {"editor": OFFICER, "now": LATER}
    make_finding(school, rulebook, first, title="a", severity="minor", **common)
    make_ticket(school, second, title="b", category="other", priority="normal", **common)
    on = behind(school, FRIDGE)

    found = history(school, on.on, organisation="campus", code=FRIDGE)
    older = history(school, on.on, organisation="campus", code=FRIDGE, before=LATER)

    assert {"finding", "ticket", "report"} == {each.kind for each in found}
    assert [each.at for each in found] == sorted((each.at for each in found), reverse=True)
    assert {"report"} == {each.kind for each in older}


def test_last_result_is_told_while_it_is_put_right_and_after(planned, rulebook):
    on = behind(planned, KITCHEN).on
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == "kitchen-temperature")
    occurrence = planned.scalars(query.order_by(OccurrenceRow.due_at)).first()
    given = {"inspection_id": str(uuid4()), "clock": server_clock(READ)}
    start_inspection(planned, rulebook, occurrence_id=occurrence.id, by="cook", **given)
    record_answers(planned, rulebook, answers={"reading": AnswerGiven(21.4)}, **given)
    (finding,) = finish_inspection(planned, rulebook, **given).findings
    asked = {"organisation": "campus", "results": True, "now": READ + timedelta(hours=1)}

    during = standing(planned, on, **asked).last
    for task in planned.scalars(select(FollowUpRow).filter_by(finding_id=finding)):
        task.verdict = "pass"
    submit_rectification(planned, finding_id=finding, by="cook", now=READ, note="关门")
    confirm(planned, finding_id=finding, by="officer", now=READ)
    after = standing(planned, on, **asked).last

    assert (READ, "being-put-right") == (during.at, during.result)
    assert (READ, "put-right") == (after.at, after.result)
    assert standing(planned, on, **{**asked, "results": False}).last is None
    told = history(planned, on, organisation="campus", code=KITCHEN)
    checks = {(each.ref, each.by.en) for each in told if each.kind == "checked"}
    assert {(given["inspection_id"], "Zhang")} == checks
    assert {"checked", "finding", "closed"} == {each.kind for each in told}
