"""E-mail addresses: their shape is checked, the mailbox behind them is not."""

import email_validator

from rules.refusal import Refusal

# Mail servers in the house are often called mail.local; the library takes that for a mistake and
# says that removing the name here is the way to admit it.
if "local" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
    email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("local")


def mail_address(raw: str) -> str:
    """
    Return *raw* as an address that mail can be sent to, its domain in small letters.

    Domains of an inner network, such as `mail.local`, are admitted.

    Raises:
        Refusal: If it is none.
    """
    try:
        return _checked(raw).normalized
    except email_validator.EmailNotValidError as error:
        raise Refusal(
            zh=f"“{raw}”不是电子邮箱地址；请写成 li@example.cn 的样子。",
            en=f'"{raw}" is no e-mail address; write it like li@example.cn.',
        ) from error


def ascii_address(address: str) -> str | None:
    """
    Return *address* as every mail server takes it; nothing where it has no such form.

    A domain in letters of any script has one, a name before the @ in other letters has none.
    """
    try:
        return _checked(address).ascii_email
    except email_validator.EmailNotValidError:
        return None


def _checked(raw: str) -> email_validator.ValidatedEmail:
    return email_validator.validate_email(
        raw.strip(), check_deliverability=False, globally_deliverable=False
    )
