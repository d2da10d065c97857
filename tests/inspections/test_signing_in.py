from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from inspections.accounts import NewAccount, account, ensure_account, sign_in
from inspections.errors import NotFound, SignInBlocked, WrongPassword
from inspections.importing import import_organisation
from inspections.models import AccountRow, AuditRow
from inspections.queries.audit_log import LogClosed, Wanted, areas_and_people, log_page, whole_log
from inspections.signing_in.account_entry import AccountEntry, EntryWrong
from inspections.signing_in.desk import (
    NotAdministrator,
    OwnAccount,
    change_account,
    invite,
    new_link,
    set_active,
    sign_out_everywhere,
)
from inspections.signing_in.listing import accounts_of
from inspections.signing_in.one_time_links import LinkUseless, link_with, redeem_link
from inspections.signing_in.sessions import begin_session, note_use, session_with, sessions_of
from inspections.signing_in.single_sign_on import Identity, NotInvited, account_of_identity
from inspections.signing_in.tablets import (
    TabletRefused,
    register_tablet,
    tablet_with,
    tablets_of,
    withdraw_tablet,
)

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
GOOD = "copper river under seven hats"


@pytest.fixture
def boss(session, campus):
    import_organisation(session, campus, now=NOON)
    return _account(session, campus.id, "boss", "administrator")


def _account(session, organisation, name, role, sites=()):
    new = NewAccount(organisation, name, GOOD, role, None, sites)
    return account(session, ensure_account(session, new, now=NOON))


def _entry(name="new", **values):
    given = {"role": "viewer", "person": None, "sites": (), "email": None, **values}
    return AccountEntry(name=name, **given)


def test_invitation_opens_the_account_once(session, boss):
    number, secret = invite(session, _entry(email=" Li@Example.org "), by=boss, now=NOON)
    before = accounts_of(session, by=boss, now=NOON)

    opened = redeem_link(session, secret, GOOD, GOOD, now=NOON)

    assert ("new", "invited", "li@example.org") == _line(before, "state", "email")
    assert (number, "viewer") == (opened.id, opened.role)
    assert "new" == sign_in(session, "new", GOOD, now=NOON).name
    with pytest.raises(LinkUseless):
        redeem_link(session, secret, GOOD, GOOD, now=NOON)


def _line(lines, *names):
    (found,) = [line for line in lines if line.name == "new"]
    return (found.name, *(getattr(found, name) for name in names))


def test_newer_link_and_time_make_a_link_useless(session, boss):
    number, first = invite(session, _entry(), by=boss, now=NOON)
    second = new_link(session, number, by=boss, now=NOON)

    assert "invitation" == link_with(session, second, now=NOON).purpose
    for secret, now in ((first, NOON), (second, NOON + timedelta(days=7)), ("guess", NOON)):
        with pytest.raises(LinkUseless):
            link_with(session, secret, now=now)


def test_session_is_found_by_its_secret_until_it_ends(session, boss):
    secret = begin_session(session, boss, how="password", tablet=None, now=NOON)
    later = NOON + timedelta(hours=11)

    found = session_with(session, secret, now=later)
    note_use(session, found.id, now=later)

    assert boss.id == found.account.id
    assert later + timedelta(hours=12) == session_with(session, secret, now=later).expires_at
    assert session_with(session, secret, now=later + timedelta(hours=12)) is None
    assert session_with(session, "guess", now=later) is None


def test_ending_all_sessions_of_an_account_leaves_those_of_others(session, campus, boss):
    other = _account(session, campus.id, "other", "viewer")
    secrets = [
        begin_session(session, each, how="password", tablet=None, now=NOON)
        for each in (other, other, boss)
    ]

    ended = sign_out_everywhere(session, other.id, by=boss, now=NOON)

    assert 2 == ended
    held = [session_with(session, secret, now=NOON) is not None for secret in secrets]
    assert [False, False, True] == held
    assert () == sessions_of(session, other.id, now=NOON)


def test_withdrawn_tablet_ends_the_sessions_on_it(session, boss):
    number, secret = register_tablet(session, "Kitchen", by=boss, now=NOON)
    tablet = tablet_with(session, secret, organisation=boss.organisation)
    cookie = begin_session(session, boss, how="password", tablet=tablet, now=NOON)
    (listed,) = tablets_of(session, boss, now=NOON)

    withdraw_tablet(session, number, by=boss, now=NOON)

    assert (number, number, 1) == (tablet, listed.id, listed.people)
    assert session_with(session, cookie, now=NOON) is None
    assert tablet_with(session, secret, organisation=boss.organisation) is None
    with pytest.raises(NotFound):
        withdraw_tablet(session, number, by=boss, now=NOON)


@pytest.mark.parametrize("role", ["safety-officer", "inspector", "responsible-person", "viewer"])
def test_only_administrators_look_after_accounts(session, campus, boss, role):
    other = _account(session, campus.id, "other", role)

    for step in (
        lambda: invite(session, _entry(), by=other, now=NOON),
        lambda: change_account(session, boss.id, _entry(), by=other, now=NOON),
        lambda: set_active(session, boss.id, active=False, by=other, now=NOON),
        lambda: new_link(session, boss.id, by=other, now=NOON),
        lambda: sign_out_everywhere(session, boss.id, by=other, now=NOON),
        lambda: accounts_of(session, by=other, now=NOON),
    ):
        with pytest.raises(NotAdministrator):
            step()


def test_inspector_neither_registers_nor_sees_tablets(session, campus, boss):
    other = _account(session, campus.id, "other", "inspector")

    with pytest.raises(TabletRefused):
        register_tablet(session, "Kitchen", by=other, now=NOON)
    with pytest.raises(TabletRefused):
        tablets_of(session, other, now=NOON)


def test_administrator_of_some_sites_looks_after_accounts_of_these_only(session, campus, boss):
    site = campus.sites[0].id
    local = _account(session, campus.id, "local", "administrator", (site,))
    number, _secret = invite(session, _entry(sites=(site,)), by=local, now=NOON)

    assert {"local", "new"} == {line.name for line in accounts_of(session, by=local, now=NOON)}
    with pytest.raises(NotFound):
        set_active(session, boss.id, active=False, by=local, now=NOON)
    with pytest.raises(EntryWrong) as refused:
        change_account(session, number, _entry(sites=()), by=local, now=NOON)
    assert {"sites"} == set(refused.value.faults)


def test_nobody_changes_their_own_role_or_closes_their_own_account(session, boss):
    with pytest.raises(OwnAccount):
        change_account(session, boss.id, _entry(role="viewer"), by=boss, now=NOON)
    with pytest.raises(OwnAccount):
        set_active(session, boss.id, active=False, by=boss, now=NOON)


def test_wrong_passwords_block_and_stand_in_the_log(session, boss):
    for _time in range(5):
        with pytest.raises(WrongPassword):
            sign_in(session, "boss", "guess", now=NOON)

    with pytest.raises(SignInBlocked):
        sign_in(session, "boss", GOOD, now=NOON)
    rows = session.scalars(select(AuditRow).filter_by(action="account.sign-in-failed")).all()
    assert [1, 2, 3, 4, 5] == [row.after["failures"] for row in rows]


def test_sign_on_matches_a_verified_address_once_and_the_subject_ever_after(session, boss):
    number, _secret = invite(session, _entry(email="li@example.org"), by=boss, now=NOON)
    first = Identity("https://idp", "1", "LI@example.org", email_verified=True)
    thief = Identity("https://idp", "2", "li@example.org", email_verified=True)
    other_issuer = Identity("https://elsewhere", "1", "li@example.org", email_verified=True)

    assert number == account_of_identity(session, first, now=NOON).id
    for identity in (thief, other_issuer):
        with pytest.raises(NotInvited):
            account_of_identity(session, identity, now=NOON)
    changed = Identity("https://idp", "1", None, email_verified=False)
    assert number == account_of_identity(session, changed, now=NOON).id


def test_another_address_of_an_account_lets_go_of_the_subject(session, boss):
    number, _secret = invite(session, _entry(email="li@example.org"), by=boss, now=NOON)
    known = Identity("https://idp", "1", "li@example.org", email_verified=True)
    account_of_identity(session, known, now=NOON)

    change_account(session, number, _entry(email="wang@example.org"), by=boss, now=NOON)

    assert session.get_one(AccountRow, number).oidc_subject is None
    with pytest.raises(NotInvited):
        account_of_identity(session, known, now=NOON)


def test_log_is_read_by_area_person_subject_and_day(session, boss):
    invite(session, _entry(), by=boss, now=NOON)
    set_active(session, boss.id + 1, active=False, by=boss, now=NOON + timedelta(days=1))

    def actions(**wanted):
        found = log_page(session, Wanted(**wanted), number=1, seen_by=boss)
        assert found.total == len(list(whole_log(session, Wanted(**wanted), seen_by=boss)))
        return [line.action for line in found.rows]

    made = ["account.invitation-made", "account.invited"]
    assert ["account.deactivated", *made] == actions(area="account")
    assert ["account.deactivated"] == actions(since=NOON + timedelta(hours=1))
    assert made == actions(subject="account/new", until=NOON + timedelta(hours=1))
    assert [] == actions(by="%")
    assert "account" in areas_and_people(session, seen_by=boss)[0]


def test_who_is_bound_to_sites_reads_of_these_sites_and_their_own_acts(session, campus, boss):
    site = campus.sites[0].id
    local = _account(session, campus.id, "local", "responsible-person", (site,))
    invite(session, _entry(), by=boss, now=NOON)
    begin_session(session, local, how="password", tablet=None, now=NOON)

    found = log_page(session, Wanted(), number=1, seen_by=local)

    assert ["account.signed-in"] == [line.action for line in found.rows]


def test_other_roles_do_not_read_the_log(session, campus, boss):
    officer = _account(session, campus.id, "officer", "safety-officer")

    with pytest.raises(LogClosed):
        log_page(session, Wanted(), number=1, seen_by=officer)
    with pytest.raises(LogClosed):
        whole_log(session, Wanted(), seen_by=officer)
