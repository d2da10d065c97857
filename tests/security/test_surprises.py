"""No address that can be read tells of an unannounced drill, whoever asks but its planners."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.demo_accounts import PASSWORD
from tests.security.a_surprise import TRACES, with_a_surprise
from tests.security.matrix import copied, record_file
from tests.web.conftest import MONDAY, application, visitor_of
from tests.web.pages import INSPECTOR, OFFICER, ORGANISATION

# Who reads most of the others; the rest are asked in campaigns.
ROLES = [
    "responsible-person",
    *(
        pytest.param(role, marks=pytest.mark.campaign)
        for role in ("team-lead", "viewer", "contractor")
    ),
]


@pytest.fixture(scope="module")
def record(app, ids, tmp_path_factory):
    """Return the application on a copy of the record with the surprise in it, and its ids."""
    path = tmp_path_factory.mktemp("surprise") / "record.db"
    copied(record_file(app), path)
    made = application(f"sqlite:///{path}")
    made.config["EVIDENCE_FOLDER"] = app.config["EVIDENCE_FOLDER"]
    yield made, with_a_surprise(made)
    made.extensions["xunjian.sessions"].kw["bind"].dispose()


@pytest.fixture(scope="module")
def read(every_address):
    """Return every address that is read, without those that take leave or begin something."""
    return [one for one in every_address if "GET" in one.methods and "drill_id" not in one.names]


def _visitor(made, role):
    sessions = open_database(made.config["DATABASE_URL"])
    with sessions.begin() as session:
        account = NewAccount(ORGANISATION, f"curious-{role}", PASSWORD, role)
        ensure_account(session, account, now=MONDAY)
    sessions.kw["bind"].dispose()
    return visitor_of(made, account=f"curious-{role}")


def _text(answer):
    """Return what an answer says; a workbook is looked into."""
    content = answer.get_data()
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")


def _told(visitor, paths, hidden):
    drill, check = hidden
    traces = (
        *TRACES,
        f'/occurrences/{check}"',
        f"occurrence-{check}@",
        f"/drills/{drill}",
        f"drill-{drill}",
        f"drill/{drill}",
    )
    told = {}
    for one in paths:
        with visitor.raw.get(one.path) as answer:
            text = _text(answer)
        found = [trace for trace in traces if trace in text]
        if found:
            told[one.path] = found
    return told


@pytest.mark.parametrize("role", ROLES)
def test_a_reader_reads_nothing_of_it(role, record, read):
    made, hidden = record

    assert {} == _told(_visitor(made, role), read, hidden)


@pytest.mark.parametrize("part", ["page", pytest.param("all", marks=pytest.mark.campaign)])
def test_an_inspector_reads_nothing_of_it(part, record, read):
    made, hidden = record
    own = ("inspector.", "device.", "sync.", "feeds.", "calendar.", "drills.", "alerts.")
    paths = [one for one in read if part == "all" or one.endpoint.startswith(own)]

    assert {} == _told(visitor_of(made, account=INSPECTOR), paths, hidden)


def test_its_planner_reads_it_so_that_the_traces_are_what_would_be_told(record):
    made, (drill, _check) = record
    officer = visitor_of(made, account=OFFICER)

    year = officer.raw.get("/drills/?year=2026&month=12").get_data(as_text=True)
    page = officer.raw.get(f"/drills/{drill}").get_data(as_text=True)

    assert f"/drills/{drill}" in year
    assert {"蓝鲸", "海豹楼", "13:43"} <= {trace for trace in TRACES if trace in page}
