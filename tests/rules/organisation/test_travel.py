"""Ways between places and sites, and the order of rounds, in an organisation's file."""

import pytest

from rules.faults import InputInvalid
from rules.organisation.loader import load_organisation
from tests.rules.builders import organisation_data, words, written

CALENDAR = {"opening": [{"days": ["mon"], "opens": "08:00", "closes": "18:00"}]}


def _data(**site):
    data = organisation_data()
    places = [{"id": name, "name": words()} for name in ("hall", "roof", "yard")]
    first = data["sites"][0]
    first |= {"places": [*first["places"], *places], **site}
    data["sites"].append({"id": "annex", "name": words(), "calendar": CALENDAR})
    return data


def _way(start, end, minutes=3):
    return {"from": start, "to": end, "minutes": minutes}


def _faults(tmp_path, data):
    with pytest.raises(InputInvalid) as refusal:
        load_organisation(written(tmp_path, data))
    return refusal.value.faults


def test_ways_and_the_order_of_rounds_are_read(tmp_path):
    data = _data(order=["roof", "hall"], travel=[_way("hall", "roof", 2.5)])
    site_id = data["sites"][0]["id"]
    data["travel"] = [_way(site_id, "annex", 35)]

    organisation = load_organisation(written(tmp_path, data))

    (way,) = organisation.sites[0].travel
    assert ("roof", "hall") == organisation.sites[0].order
    assert ("hall", "roof", 2.5) == (way.start, way.end, way.minutes)
    assert [35] == [way.minutes for way in organisation.travel]


@pytest.mark.parametrize(
    ("site", "field", "message"),
    [
        ({"order": ["hall", "cellar"]}, "sites.0.order.1", "no place cellar"),
        ({"order": ["hall", "hall"]}, "sites.0.order.1", "names hall twice"),
        ({"travel": [_way("hall", "cellar")]}, "sites.0.travel.0.to", "no place cellar"),
        ({"travel": [_way("cellar", "hall")]}, "sites.0.travel.0.from", "no place cellar"),
        ({"travel": [_way("hall", "hall")]}, "sites.0.travel.0.to", "where it begins"),
        (
            {"travel": [_way("hall", "roof"), _way("roof", "hall", 4)]},
            "sites.0.travel.1.to",
            "given twice",
        ),
        ({"travel": [_way("hall", "roof", 0)]}, "sites.0.travel.0.minutes", "greater than 0"),
        ({"travel": [_way("hall", "roof", 601)]}, "sites.0.travel.0.minutes", "600"),
    ],
)
def test_a_way_or_an_order_that_cannot_be_is_named_at_its_field(tmp_path, site, field, message):
    (fault,) = _faults(tmp_path, _data(**site))

    assert field == fault.field
    assert message in fault.message.en
    assert fault.remedy.zh


def test_between_sites_ways_lead_from_site_to_site_and_not_to_places(tmp_path):
    data = _data()
    data["travel"] = [_way("annex", "hall")]

    (fault,) = _faults(tmp_path, data)

    assert "travel.0.to" == fault.field
    assert "no site hall" in fault.message.en


def test_every_fault_of_ways_is_told_at_once(tmp_path):
    data = _data(order=["cellar"], travel=[_way("hall", "attic"), _way("hall", "hall")])

    assert 3 == len(_faults(tmp_path, data))
