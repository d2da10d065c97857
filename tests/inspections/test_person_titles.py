"""Names of roles and certificates for reasons."""

from inspections.person_titles import person_titles
from rules.loader import load_rulebook


def test_a_role_and_a_certificate_of_the_same_code_keep_their_own_names():
    titles = person_titles()

    assert "电工" == titles.roles["electrician"].zh
    assert "电工证" == titles.certificates["electrician"].zh


def test_every_certificate_that_a_rule_asks_for_has_a_name():
    asked = {
        kind
        for rule in load_rulebook().rules.values()
        for version in rule.versions
        for kind in version.people.qualifications
    }

    assert asked
    assert set() == asked - person_titles().certificates.keys()
