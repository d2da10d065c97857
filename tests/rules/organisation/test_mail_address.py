import pytest

from rules.organisation.mail_address import mail_address
from rules.organisation.model import Person
from rules.refusal import Refusal

LI = {"id": "li", "name": {"zh": "李", "en": "Li"}, "sites": ["main"]}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("li@Example.CN", "li@example.cn"),
        (" li.na+fire@example.cn ", "li.na+fire@example.cn"),
        ("li@mail.local", "li@mail.local"),
        ("li@例子.中国", "li@例子.中国"),
    ],
)
def test_an_address_is_kept_as_mail_servers_know_it(typed, kept):
    assert kept == mail_address(typed)


@pytest.mark.parametrize(
    "typed",
    ["li", "li@", "@example.cn", "a b@example.cn", "li@example..cn", "li@x.cn, yu@x.cn",
     "li@example.cn\nBcc: all@example.cn"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Refusal):
        mail_address(typed)


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_a_person_may_have_no_mailbox(empty):
    assert None is Person.model_validate({**LI, "email": empty}).email
