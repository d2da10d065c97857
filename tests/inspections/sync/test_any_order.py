"""Whatever the network does to the requests, the record ends as if nothing had happened."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.inspections.recording.a_school import MONDAY_0900, nth_occurrence
from tests.inspections.sync.a_tablet import the_record

# Each example writes a whole round twice, on a real database.
EXAMPLES = max(8, settings().max_examples // 5)
MINUTE = timedelta(minutes=1)


def a_round(tablet, school):
    """Two checks, measured again and failing, a finding, photos, and a signature."""
    yard = nth_occurrence(school, "yard-daily")
    kitchen = nth_occurrence(school, "kitchen-temperature")
    at = [MONDAY_0900 + MINUTE * step for step in range(14)]
    tablet.answer("yard", yard, "surface", "pass", at=at[0])
    tablet.answer("yard", yard, "surface", "fail", at=at[1], note="裂缝", photos=2)
    tablet.photo("crack", inspection="yard", item="surface", at=at[2])
    tablet.answer("kitchen", kitchen, "reading", 25.5, at=at[3], severity="severe")
    tablet.finding("lamp", "路灯不亮", at=at[4], target_kind="place", target="yard")
    tablet.photo("lamp", finding="lamp", at=at[5])
    tablet.answer("yard", yard, "surface", "fail", at=at[6], note="裂缝", danger=True)
    tablet.photo("crack near", inspection="yard", item="surface", at=at[7])
    tablet.answer("kitchen", kitchen, "reading", 20.5, at=at[8])
    tablet.answer("yard", yard, "gate", "locked", at=at[9])
    tablet.signature("yard", "李安全", at=at[10])
    tablet.finish("yard", at=at[11], note="完")
    tablet.finish("kitchen", at=at[12])


@st.composite
def deliveries(draw, items, pictures):
    """Requests as they reach the server: any order, grouped and repeated at will."""
    requests = st.one_of(
        st.lists(st.integers(0, items - 1), min_size=1, max_size=6).map(
            lambda some: ("items", some)
        ),
        st.integers(0, pictures - 1).map(lambda one: ("picture", one)),
    )
    return draw(st.lists(requests, max_size=18))


def send_until_all_is_there(tablet):
    """Do as a tablet does: send what was not acknowledged, until everything is."""
    for picture in tablet.pictures:
        tablet.send_picture(picture)
    for _ in range(3):
        acks = tablet.send()
        if all(ack.status in ("stored", "replayed") for ack in acks):
            return acks
    return acks


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_order_duplication_or_loss_ends_in_the_record_of_the_clean_order(data, school, tablet):
    clean, other = tablet(), tablet()
    a_round(clean, school)
    a_round(other, school)
    requests = data.draw(deliveries(len(other.items), len(other.pictures)))
    with school.begin_nested() as undo:
        clean.send_all()
        expected = the_record(school)
        undo.rollback()
    school.expire_all()

    with school.begin_nested() as undo:
        for kind, what in requests:
            if kind == "picture":
                other.send_picture(list(other.pictures)[what])
            else:
                other.send([other.items[one] for one in what])
        send_until_all_is_there(other)
        found = the_record(school)
        undo.rollback()
    school.expire_all()

    assert expected == found
