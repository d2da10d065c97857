"""One page for each calendar: how to subscribe, how late it refreshes, what it leaves out."""

from dataclasses import dataclass

from flask import abort, render_template

from rules.text import Text
from web.public.blueprint import blueprint


@dataclass(frozen=True)
class Guide:
    """
    How one calendar takes a subscription.

    Attributes:
        steps: What to tap, in order.
        refresh: How late changes show.
        remarks: What it does otherwise than one would think.
    """

    name: Text
    steps: tuple[Text, ...]
    refresh: Text
    remarks: tuple[Text, ...]


GUIDES: dict[str, Guide] = {
    "apple": Guide(
        Text(zh="苹果日历（iPhone、iPad、Mac）", en="Apple Calendar (iPhone, iPad, Mac)"),
        (
            Text(
                zh="用相机扫二维码，或在手机上点“用手机日历打开”，按提示订阅。",
                en="Scan the code with the camera, or tap “Open in the phone's calendar”, and "
                "follow what it asks.",
            ),
            Text(
                zh="也可手动：日历 → 底部“日历” → 添加日历 → 添加订阅日历 → 粘贴链接 → 订阅。",
                en="By hand: Calendar → Calendars at the bottom → Add Calendar → Add Subscription "
                "Calendar → paste the link → Subscribe.",
            ),
            Text(
                zh="Mac：日历 → 文件 → 新建日历订阅 → 粘贴链接；"
                "“自动刷新”选每小时；取消勾选“移除提醒”。",
                en="Mac: Calendar → File → New Calendar Subscription → paste the link; choose "
                "Auto-refresh every hour; untick Remove Alerts.",
            ),
        ),
        Text(
            zh="Mac 按您选的间隔刷新（可选每小时）。"
            "iPhone 按“设置 → 日历 → 账户 → 获取新数据”的间隔，省电时更慢，常见一小时到一天。",
            en="A Mac refreshes at the interval you choose, for example hourly. An iPhone follows "
            "Settings → Calendar → Accounts → Fetch New Data and is slower to save power: an hour "
            "to a day is usual.",
        ),
        (
            Text(
                zh="订阅时苹果默认移除提醒；不关掉这一项，日历不会响。",
                en="Apple removes alerts from subscriptions by default; leave that on and nothing "
                "rings.",
            ),
            Text(
                zh="取消的事项以删除线显示。待办不显示在日历里，请把期限选成“日程”。",
                en="Cancelled things are struck through. To-dos do not show in Calendar: keep "
                "deadlines as events.",
            ),
        ),
    ),
    "outlook": Guide(
        Text(zh="Outlook（网页、电脑、手机）", en="Outlook (web, desktop, phone)"),
        (
            Text(
                zh="网页版 Outlook → 日历 → 添加日历 → 从 Web 订阅 → 粘贴 https 链接 → 导入。",
                en="Outlook on the web → Calendar → Add calendar → Subscribe from web → paste the "
                "https link → Import.",
            ),
            Text(
                zh="经典桌面版：文件 → 账户设置 → Internet 日历 → 新建 → 粘贴链接。",
                en="Classic desktop: File → Account Settings → Internet Calendars → New → paste "
                "the link.",
            ),
            Text(
                zh="手机上的 Outlook 显示网页版已订阅的日历，不能自己订阅。",
                en="Outlook on the phone shows what the web version subscribed to; it cannot "
                "subscribe itself.",
            ),
        ),
        Text(
            zh="网页版约 3 到 24 小时刷新一次，不能手动刷新。桌面版按发送/接收间隔，通常一小时。",
            en="The web version refreshes every 3 to 24 hours and not on request. The desktop "
            "follows its send/receive interval, usually an hour.",
        ),
        (
            Text(
                zh="“从文件上传”只导入一次，以后不再更新：请选“从 Web 订阅”。",
                en="“Upload from file” imports once and never updates: choose "
                "“Subscribe from web”.",
            ),
            Text(
                zh="订阅日历里的提醒和待办都被忽略。",
                en="Alarms and to-dos of subscribed calendars are ignored.",
            ),
        ),
    ),
    "google": Guide(
        Text(zh="Google 日历", en="Google Calendar"),
        (
            Text(
                zh="在电脑上打开 calendar.google.com（手机应用里没有这一项）。",
                en="Open calendar.google.com on a computer; the phone app cannot do it.",
            ),
            Text(
                zh="左侧“其他日历”旁的 + → 通过网址添加 → 粘贴 https 链接 → 添加日历。",
                en="The + beside Other calendars on the left → From URL → paste the https link → "
                "Add calendar.",
            ),
            Text(
                zh="手机上：Google 日历 → 设置 → 勾选此日历，随后同步。",
                en="On the phone: Google Calendar → Settings → tick this calendar; it follows.",
            ),
        ),
        Text(
            zh="约 8 到 24 小时刷新一次，没有办法催它。新事项通常会出现，已有事项的改动有时更晚。",
            en="About every 8 to 24 hours, and nothing makes it hurry. New things usually appear; "
            "changes of known ones may come later still.",
        ),
        (
            Text(
                zh="取消的事项直接消失。提醒被忽略：请在该日历的设置里自己加通知。待办不显示。",
                en="Cancelled things vanish. Alarms are ignored: add notifications in the settings "
                "of this calendar. To-dos do not show.",
            ),
            Text(
                zh="由 Google 的服务器读取链接，所以巡检须能从互联网访问；"
                "在中国大陆使用 Google 日历需要相应网络。",
                en="Google's servers fetch the link, so Xunjian must be reachable from the "
                "internet; in mainland China Google Calendar itself needs a way there.",
            ),
        ),
    ),
    "xiaomi": Guide(
        Text(zh="小米日历", en="Xiaomi Calendar"),
        (
            Text(
                zh="日历 → 右上角菜单 → 设置 → 日程导入（或“订阅”）→ 通过网址（URL）导入。",
                en="Calendar → menu at the top right → Settings → Import events (or Subscribe) → "
                "from a web address (URL).",
            ),
            Text(
                zh="粘贴 https 链接并确认。各版本菜单名称略有不同。",
                en="Paste the https link and confirm. Names of menus differ between versions.",
            ),
        ),
        Text(
            zh="小米没有公布刷新间隔；请按最长一天估计。",
            en="Xiaomi does not say how often it refreshes; reckon with up to a day.",
        ),
        (
            Text(
                zh="请在“自启动”和“省电策略”里允许日历后台运行，否则不会更新。",
                en="Allow the calendar to run in the background (Autostart, Battery saver), or it "
                "does not update.",
            ),
            Text(
                zh="其他安卓手机若没有这一项，可用免费的 ICSx5 订阅，它能选每小时刷新。",
                en="Other Android phones without such an entry can use the free app ICSx5, which "
                "can refresh hourly.",
            ),
        ),
    ),
    "thunderbird": Guide(
        Text(zh="Thunderbird（雷鸟）", en="Thunderbird"),
        (
            Text(
                zh="日历 → 新建日历 → 来自网络 → 用户名留空 → 粘贴 https 链接 → 查找日历 → 订阅。",
                en="Calendar → New Calendar → On the Network → leave the user name empty → paste "
                "the https link → Find Calendars → Subscribe.",
            ),
            Text(
                zh="右键此日历 → 属性 → “刷新间隔”选 30 分钟或更短。",
                en="Right-click the calendar → Properties → choose Refresh every 30 minutes or "
                "less.",
            ),
        ),
        Text(
            zh="按您选的间隔刷新，默认 30 分钟；右键“同步”可立即刷新。"
            "只在 Thunderbird 打开时刷新。",
            en="At the interval you choose, 30 minutes by default; Synchronise in the context menu "
            "refreshes at once. Only while Thunderbird runs.",
        ),
        (
            Text(
                zh="提醒有效，除非属性里关掉“显示提醒”。待办显示在“任务”里。",
                en="Alarms work unless Show reminders is off in the properties. To-dos show under "
                "Tasks.",
            ),
        ),
    ),
}


@blueprint.get("/calendar/guides/<client>")
def guide(client: str) -> str:
    """Show how one calendar takes a subscription."""
    if client not in GUIDES:
        abort(404)
    return render_template("public/guide.html", guide=GUIDES[client], guides=GUIDES, client=client)
