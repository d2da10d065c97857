from datetime import UTC, date, datetime

import pytest
import yaml

from inspections.errors import NotFound
from inspections.importing import import_organisation
from inspections.kept_inputs import kept_text
from inspections.models import AuditRow, PlanRunRow
from inspections.planning import plan
from inspections.published_packs import publications, published_packs, rulebook_for
from inspections.publishing_packs import NoteMissing, NothingNew, publish_pack, withdraw_pack
from rules.faults import InputInvalid
from tests.rules.builders import organisation, pack, rule, rulebook, unshared, words

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
SOURCE = {"instrument": "some-law", "clause": words(), "grade": "B", "origin": "Rule 3"}


def own_pack(*rules, **changes):
    rules = rules or (rule("ours", source=SOURCE),)
    return pack(*rules, **{"id": "ours", "layer": "site", "instruments": None, **changes})


def text_of(data):
    return yaml.safe_dump(unshared(data), allow_unicode=True)


@pytest.fixture
def builtin(tmp_path):
    return rulebook(tmp_path, pack())


@pytest.fixture
def stored(session):
    import_organisation(session, organisation(), now=NOW, by="import")
    return session


def published(session, builtin, data=None, **changes):
    asked = {"organisation_id": "org", "note": "Why", "by": "li", "now": NOW, "builtin": builtin}
    return publish_pack(session, text=text_of(data or own_pack()), **{**asked, **changes})


def test_a_published_pack_binds_its_organisation_and_no_other(stored, builtin):
    import_organisation(stored, organisation(id="other"), now=NOW, by="import")

    published(stored, builtin)

    assert ["daily-check", "ours"] == list(rulebook_for(stored, "org", builtin).rules)
    assert ["daily-check"] == list(rulebook_for(stored, "other", builtin).rules)


def test_a_published_pack_is_kept_by_the_hash_of_its_text_and_written_down(stored, builtin):
    made = published(stored, builtin, note=" New lift ")

    assert text_of(own_pack()) == kept_text(stored, made.digest)
    assert (made,) == published_packs(stored, "org")
    assert ("New lift", "li", NOW) == (made.note, made.by, made.at)
    (entry,) = stored.query(AuditRow).filter_by(action="pack.published")
    assert ("pack/ours", made.digest) == (entry.subject, entry.after["digest"])


def test_the_latest_publication_stands_and_the_earlier_ones_are_kept(stored, builtin):
    first = published(stored, builtin)
    second = published(stored, builtin, own_pack(rule("changed", source=SOURCE)))

    assert ["daily-check", "changed"] == list(rulebook_for(stored, "org", builtin).rules)
    assert (second, first) == publications(stored, "org", "ours")


def test_a_withdrawn_pack_binds_nobody(stored, builtin):
    published(stored, builtin)

    withdraw_pack(
        stored, organisation_id="org", pack="ours", note="No use", by="li", now=NOW, builtin=builtin
    )

    assert ["daily-check"] == list(rulebook_for(stored, "org", builtin).rules)
    assert () == published_packs(stored, "org")
    assert [True, False] == [each.withdrawn for each in publications(stored, "org", "ours")]


def test_withdrawing_what_is_not_published_is_refused(stored, builtin):
    with pytest.raises(NotFound):
        withdraw_pack(
            stored, organisation_id="org", pack="ours", note="x", by="li", now=NOW, builtin=builtin
        )


def test_a_pack_that_another_one_needs_is_not_withdrawn(stored, builtin):
    published(stored, builtin)
    follower = rule("stricter", source=SOURCE, tightens="ours")
    published(stored, builtin, own_pack(follower, id="follower"))

    with pytest.raises(InputInvalid) as refused:
        withdraw_pack(
            stored, organisation_id="org", pack="ours", note="x", by="li", now=NOW, builtin=builtin
        )

    assert ["follower"] == [fault.file for fault in refused.value.faults]


def test_every_fault_of_a_pack_is_told_and_nothing_is_kept(stored, builtin):
    faulty = own_pack(
        rule("ours", source=SOURCE, target="nowhere"),
        rule("two", source={**SOURCE, "instrument": "unknown"}),
    )

    with pytest.raises(InputInvalid) as refused:
        published(stored, builtin, faulty)

    assert ["rules.0.target", "rules.1.source.instrument"] == [
        fault.field for fault in refused.value.faults
    ]
    assert () == published_packs(stored, "org")


def test_a_change_that_would_break_another_published_pack_is_refused(stored, builtin):
    published(stored, builtin)
    follower = rule("stricter", source=SOURCE, tightens="ours")
    published(stored, builtin, own_pack(follower, id="follower"))

    with pytest.raises(InputInvalid) as refused:
        published(stored, builtin, own_pack(rule("other", source=SOURCE)))

    assert [("follower", "rules.0.tightens")] == [
        (fault.file, fault.field) for fault in refused.value.faults
    ]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (own_pack(layer="law"), "layer"),
        (own_pack(id="some-pack", instruments=pack()["instruments"]), "id"),
    ],
)
def test_an_organisation_publishes_no_law(stored, builtin, data, field):
    with pytest.raises(InputInvalid) as refused:
        published(stored, builtin, data)

    assert field in [fault.field for fault in refused.value.faults]


def test_a_publication_says_why(stored, builtin):
    with pytest.raises(NoteMissing):
        published(stored, builtin, note="  ")


def test_the_same_text_is_not_published_twice(stored, builtin):
    published(stored, builtin)

    with pytest.raises(NothingNew):
        published(stored, builtin)


def test_a_plan_keeps_the_published_text_that_it_was_made_from(stored, builtin):
    made = published(stored, builtin)
    book = rulebook_for(stored, "org", builtin)

    plan(
        stored,
        book,
        organisation_id="org",
        since=date(2026, 3, 2),
        until=date(2026, 3, 8),
        now=NOW,
        assign=False,
    )

    run = stored.query(PlanRunRow).one()
    assert made.digest in run.packs
