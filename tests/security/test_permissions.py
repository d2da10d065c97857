"""Every address as every role, from their own site, another site and another organisation."""

import logging

import pytest

from inspections.accounts import ROLES
from tests.security.matrix import (
    FORBIDDEN,
    MISSING,
    OPEN,
    OTHER_ORGANISATION,
    OTHER_SITE,
    OWN,
    SCOPES,
    SIGN_IN,
    Asked,
    Copy,
    ways,
)
from tests.security.permission_table import TABLE
from tests.security.who import STRANGER, Who


@pytest.fixture(scope="module")
def asked(every_address) -> list[Asked]:
    return ways(every_address)


@pytest.fixture(scope="module")
def copy(app, tmp_path_factory):
    logging.disable(logging.CRITICAL)
    with pytest.MonkeyPatch.context() as patch:
        made = Copy(app, tmp_path_factory.mktemp("matrix"))
        # What stands on the pages is looked at elsewhere; drawing them takes most of the time.
        patch.setattr("flask.templating._render", lambda *_parts: "")
        yield made
    made.close()
    logging.disable(logging.NOTSET)


def test_every_way_of_asking_stands_in_the_table(asked):
    assert sorted(TABLE) == sorted(one.name for one in asked)


@pytest.mark.parametrize("role", [*ROLES, STRANGER])
def test_role_gets_what_the_table_says_and_nothing_else(role, asked, copy):
    wrong = {}
    for one in asked:
        who = TABLE[one.name]
        scopes = SCOPES if one.address.names and role != STRANGER else (OWN,)
        for scope in scopes:
            found, right = copy.verdict(role, scope, one, who.form), _right(who, role, scope, one)
            if found not in right:
                wrong[one.name, scope] = (found, right)

    assert {} == wrong


def _right(who: Who, role: str, scope: str, one: Asked) -> set[str]:
    if who.whose == "app password":
        return {SIGN_IN}
    if role not in who.roles:
        # Where the thing is not theirs anyway, either refusal tells nothing.
        refused = SIGN_IN if role == STRANGER else FORBIDDEN
        return {refused} if scope == OWN else {refused, MISSING}
    if who.whose in {"secret", "person", "none"}:
        return {MISSING}
    if not one.address.names or who.whose == "nobody":
        return {OPEN}
    closed = {"site": {OTHER_SITE, OTHER_ORGANISATION}, "organisation": {OTHER_ORGANISATION}}
    nobodys = role == "contractor"  # No finding of the record names them.
    return {MISSING} if nobodys or scope in closed[who.whose] else {OPEN}
