"""`xunjian messages`: send what is to be told, look at the outbox, send again, try the server."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

import click

from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, Group, option
from web.cli.output import print_json, print_table, refuse, say
from web.cli.record import open_record
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.database import Session
    from inspections.messages.delivery import Delivery
    from inspections.messages.outbox import Draft
    from web.messages.setup import Setup

_SHOWS = ("trouble", "waiting", "sent", "withdrawn")


@click.group(
    cls=Group,
    help=Text(
        zh="提醒、每日摘要、升级提醒和演练邀请：发送、查看、再次发送。",
        en="Reminders, digests, escalations and drill invitations: send, look, send again.",
    ),
    example="xunjian messages send",
)
def messages() -> None:
    """Name the group."""


@messages.command(
    cls=Command,
    help=Text(
        zh="把现在该通知的放进发件箱并发送；可以重复运行，同一条不会发两次。由 cron 每分钟运行，"
        "或由 xunjian serve 代劳。\n\n"
        "邮件服务器：XUNJIAN_SMTP_URL；网页地址：XUNJIAN_ADDRESS。\n\n"
        "退出码：0 正常，1 有消息没有发出，2 输入有误。",
        en="Put what is to be told now into the outbox and send it; safe to run again, nothing "
        "goes twice. Run it from cron every minute, or let xunjian serve do it.\n\n"
        "Mail server: XUNJIAN_SMTP_URL; where the pages are: XUNJIAN_ADDRESS.\n\n"
        "Exit status: 0 fine, 1 where a message did not go out, 2 with bad input.",
    ),
    example="xunjian messages send --dry-run",
)
@option(
    "--dry-run",
    is_flag=True,
    help=Text(
        zh="只列出将放进发件箱的消息，不写入也不发送。",
        en="Only list what would be put into the outbox; write and send nothing.",
    ),
)
@DATABASE
@JSON
def send(*, dry_run: bool, database: str | None, as_json: bool) -> None:
    """Prepare and deliver."""
    from inspections.messages.outbox import put
    from rules.loader import load_rulebook
    from web.messages.setup import compose_all, prepare_all, send_all

    sessions = open_record(database, as_json=as_json)
    now = datetime.now(UTC)
    with sessions() as session:
        setup = _setup(session, as_json=as_json)
        if dry_run:
            drafts = compose_all(session, load_rulebook(), setup, now=now)
            # Put and undone: so what is in the outbox already is left out.
            _print_drafts(put(session, drafts, now=now), as_json=as_json)
            session.rollback()
            return
    new = prepare_all(sessions, load_rulebook(), setup, now=now)
    told = send_all(sessions, setup, clock=lambda: datetime.now(UTC))
    _print_told(len(new), told, as_json=as_json)
    raise SystemExit(1 if told.later or told.dead or told.unsure else 0)


@messages.command(
    "list",
    cls=Command,
    help=Text(
        zh="列出发件箱中等待、已发和未送达的消息。\n\n退出码：0 没有未送达的，1 有，2 输入有误。",
        en="List the messages of the outbox and how each went.\n\nExit status: 0 where nothing "
        "failed, 1 where something did, 2 bad input.",
    ),
    example="xunjian messages list --show trouble",
)
@option(
    "--show",
    type=click.Choice(_SHOWS),
    default="trouble",
    show_default=True,
    help=Text(zh="未送达、等待、已发送或已撤回。", en="Failed, waiting, sent or withdrawn."),
)
@DATABASE
@JSON
def list_messages(*, show: str, database: str | None, as_json: bool) -> None:
    """List messages of all organisations."""
    from inspections.importing import organisations
    from inspections.messages.listing import SHOWS, Seen, outbox_page

    wanted = next(one for one in SHOWS if one == show)
    with open_record(database, as_json=as_json)() as session:
        pages = [outbox_page(session, Seen(one), show=wanted) for one in organisations(session)]
    lines = [line for page in pages for line in page.lines]
    if as_json:
        print_json({"messages": [_line(one) for one in lines]})
    else:
        head = (
            Text(zh="发件箱", en="Outbox"),
            Text(zh="编号", en="Number"),
            Text(zh="收件人", en="To"),
            Text(zh="标题", en="Subject"),
            Text(zh="状态", en="State"),
            Text(zh="原因", en="Reason"),
        )
        title, *columns = map(say, head)
        rows = [
            [
                str(one.id),
                say(one.to),
                one.subject,
                one.state,
                say(one.reason) if one.reason else "",
            ]
            for one in lines
        ]
        print_table(title, columns, rows)
    raise SystemExit(1 if lines and show == "trouble" else 0)


@messages.command(
    cls=Command,
    help=Text(
        zh="把未送达或不确定的一条放回发件箱。\n\n退出码：0 已放回，2 没有这条或不能再发。",
        en="Put a message that failed or is in doubt back into the outbox.\n\n"
        "Exit status: 0 done, 2 where there is no such message or it cannot go again.",
    ),
    example="xunjian messages again 12",
)
@click.argument("number", type=int)
@DATABASE
@JSON
def again(*, number: int, database: str | None, as_json: bool) -> None:
    """Send one message again."""
    from inspections.errors import Refused
    from inspections.messages.listing import Seen, organisation_of, send_again

    try:
        with open_record(database, as_json=as_json).begin() as session:
            seen = Seen(organisation_of(session, number))
            send_again(session, number, seen=seen, by="command line", now=datetime.now(UTC))
    except Refused as refused:
        remedy = Text(zh="请看 xunjian messages list。", en="See xunjian messages list.")
        refuse([option_fault("NUMBER", refused.text, remedy)], as_json=as_json)
    if as_json:
        print_json({"waiting": number})
    else:
        click.echo(
            say(Text(zh=f"消息 {number} 已放回发件箱。", en=f"Message {number} waits again."))
        )


@messages.command(
    cls=Command,
    help=Text(
        zh="连接邮件服务器并登录，不发信。\n\n退出码：0 可用，1 连不上或不让登录，2 设置有误。",
        en="Connect to the mail server and sign in, without sending.\n\n"
        "Exit status: 0 usable, 1 not reached or not let in, 2 wrong settings.",
    ),
    example="xunjian messages check",
)
@DATABASE
@JSON
def check(*, database: str | None, as_json: bool) -> None:
    """Try the mail server."""
    from inspections.messages.carrier import Unreachable
    from inspections.messages.smtp_carrier import SmtpCarrier

    with open_record(database, as_json=as_json)() as session:
        setup = _setup(session, as_json=as_json)
    if setup.smtp is None:
        _refuse_unset(as_json=as_json)
    carrier = SmtpCarrier(setup.smtp)
    try:
        said = carrier.check()
    except Unreachable as error:
        if as_json:
            print_json({"usable": False, "code": error.reason.code, "why": say(error.reason.text)})
        else:
            click.echo(say(error.reason.text), err=True)
        raise SystemExit(1) from None
    finally:
        carrier.close()
    if as_json:
        print_json({"usable": True, "server": said})
    else:
        click.echo(say(Text(zh=f"可用：{said}", en=f"Usable: {said}")))


def _setup(session: "Session", *, as_json: bool) -> "Setup":
    from inspections.messages.smtp_settings import MailSettings
    from web.messages.setup import read_setup

    try:
        setup = read_setup(session)
    except MailSettings as refused:
        remedy = Text(zh="见 docs/howto/mail.md。", en="See docs/howto/mail.md.")
        refuse([option_fault("XUNJIAN_SMTP_URL", refused.text, remedy)], as_json=as_json)
    if not setup.channels:
        _refuse_unset(as_json=as_json)
    return setup


def _refuse_unset(*, as_json: bool) -> NoReturn:
    message = Text(
        zh="没有设置邮件服务器，也没有登记群机器人。",
        en="No mail server is set up and no group robot is registered.",
    )
    remedy = Text(
        zh="请设置 XUNJIAN_SMTP_URL，如 smtp://user:password@mail.example.cn?from=xunjian@example.cn。",
        en="Set XUNJIAN_SMTP_URL, like smtp://user:password@mail.example.cn?from=xunjian@example.cn.",
    )
    refuse([option_fault("XUNJIAN_SMTP_URL", message, remedy)], as_json=as_json)


def _print_drafts(new: "tuple[Draft, ...]", *, as_json: bool) -> None:
    if as_json:
        names = ("organisation", "channel", "kind", "recipient", "day", "about", "subject", "body")
        print_json({"would_put": [{n: getattr(one, n) for n in names} for one in new]})
        return
    for one in new:
        what = Text(zh="（没有内容，不发送）", en="(nothing to say, not sent)")
        click.echo(f"{one.channel}  {one.recipient}  {one.subject}{'' if one.body else say(what)}")
    click.echo(say(Text(zh=f"将放进发件箱 {len(new)} 条。", en=f"{len(new)} would be put in.")))


def _print_told(new: int, told: "Delivery", *, as_json: bool) -> None:
    names = ("sent", "later", "dead", "unsure", "withdrawn")
    counts = {name: getattr(told, name) for name in names}
    if as_json:
        reasons = sorted({reason.code for reason in told.reasons})
        print_json({"put": new, **counts, "reasons": reasons})
        return
    click.echo(
        say(
            Text(
                zh="新放入 {0}，已发送 {sent}，稍后再试 {later}，失败 {dead}，不确定 {unsure}，"
                "撤回 {withdrawn}。".format(new, **counts),
                en="Put in {0}, sent {sent}, later {later}, failed {dead}, in doubt {unsure}, "
                "withdrawn {withdrawn}.".format(new, **counts),
            )
        )
    )
    for reason in dict.fromkeys(told.reasons):
        click.echo(say(reason.text), err=True)


def _line(one: Any) -> dict[str, Any]:
    names = ("id", "channel", "kind", "subject", "state", "attempts", "code")
    return {
        **{name: getattr(one, name) for name in names},
        "to": say(one.to),
        "sent_at": one.sent_at.isoformat() if one.sent_at else None,
        "reason": say(one.reason) if one.reason else None,
    }
