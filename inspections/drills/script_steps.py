"""What a drill of each scenario goes through, as proposed."""

from collections.abc import Mapping

from inspections.drills.script_emergencies import (
    BUS,
    FOOD,
    LEAK,
    LIFT,
    ORDER,
    POWER,
    STOP,
    WATER,
    WEATHER,
)
from inspections.drills.script_step import (
    ALL,
    CONTROL,
    ENGINEERS,
    GUARDS,
    GUIDES,
    LEADER,
    OBSERVER,
    Step,
    after,
    before,
    during,
)
from rules.text import Text

OPENING = (
    before(
        "核对参加人员和分工，指定观察记录人。",
        "Check who takes part and does what; name an observer.",
    ),
    before(
        "在现场设置演练标识，备好秒表和相机。",
        "Put up drill signs; have a stopwatch and a camera ready.",
    ),
)
CLOSING = (
    after(
        OBSERVER,
        "记录用时、应到和实到人数，拍照。",
        "Note the time, people expected and present; take photos.",
    ),
    after(
        LEADER,
        "当场讲评，逐条记下不足和要改的标准。",
        "Review on the spot; write down each shortcoming and the standard to change.",
    ),
    after(
        LEADER,
        "复位设备，撤除标识，24 小时内提交报告。",
        "Reset equipment, take the signs down, report within 24 hours.",
    ),
)
_EVACUATION = (
    during(
        CONTROL,
        "发出疏散信号和广播，开始计时。",
        "Give the signal and the announcement; start the clock.",
    ),
    during(
        GUIDES,
        "到各自出口，引导人员低姿沿最近通道撤离，不乘电梯。",
        "Go to their exits and lead people out by the nearest route, low, never by lift.",
    ),
    during(
        GUIDES,
        "逐间检查，确认无人后关门。",
        "Check room by room, and close doors when nobody is left.",
    ),
    during(ALL, "到集合点按班组列队。", "Gather by team at the assembly point."),
    during(
        LEADER,
        "清点人数，最后一人到达时停表。",
        "Count heads; stop the clock when the last one arrives.",
    ),
)
_FIRE = (
    during(
        ALL,
        "发现火情的人呼喊示警，按下手动报警按钮。",
        "Whoever sees the fire shouts and presses the call point.",
    ),
    during(
        CONTROL,
        "确认火警，启动应急程序，模拟拨打 119。",
        "Confirm the alarm, start the procedure, rehearse the call to the fire brigade.",
    ),
    during(
        GUARDS,
        "三分钟内带灭火器和消火栓水带到场扑救。",
        "Arrive with extinguishers and hose within three minutes.",
    ),
    during(
        ENGINEERS,
        "切断着火区域非消防电源和燃气。",
        "Cut off power and gas of the area, but not of fire equipment.",
    ),
)
_CALLS = (
    during(
        CONTROL,
        "三分钟内依次通知负责人、安全管理员和各部门。",
        "Reach head, safety officer and departments in turn within three minutes.",
    ),
    during(
        ALL,
        "对讲机逐点应答，说清地点、情况和人数。",
        "Answer by radio point by point: place, situation, people.",
    ),
    during(
        LEADER,
        "核对通讯录，记下打不通的号码。",
        "Check the list of numbers; note those that do not answer.",
    ),
)
_WOUNDED = (
    during(
        ALL,
        "把模拟伤员移到安全处，检查意识和呼吸。",
        "Move the casualty to safety; check consciousness and breathing.",
    ),
    during(
        ALL,
        "止血、包扎或心肺复苏，取用急救箱和除颤仪。",
        "Stop bleeding, bandage or resuscitate; fetch first-aid kit and defibrillator.",
    ),
    during(
        LEADER,
        "模拟拨打 120，派人在路口引导。",
        "Rehearse the call for an ambulance; send somebody to guide it.",
    ),
)
_WHOLE = (*_FIRE, *_EVACUATION, *_WOUNDED[:1])

SCRIPTS: Mapping[str, tuple[Step, ...]] = {
    "应急疏散": _EVACUATION,
    "人员疏散": _EVACUATION,
    "专项疏散": _EVACUATION,
    "全校火灾逃生": _EVACUATION,
    "扑救初起火灾": _FIRE,
    "专项灭火": _FIRE,
    "报警与联络": _CALLS,
    "伤员救护": _WOUNDED,
    "综合演练": _WHOLE,
    "综合应急预案": _WHOLE,
    "专项应急预案": (*_FIRE, *_EVACUATION),
    "现场处置方案": (*_FIRE[:2], *_EVACUATION[-2:]),
    "停电": POWER,
    "应急供电": POWER,
    "停水": WATER,
    "跑水": LEAK,
    "水管爆裂抢修": LEAK,
    "特殊天气": WEATHER,
    "设备停机": STOP,
    "严重治安事件": ORDER,
    "电梯困人救援": LIFT,
    "校车应急疏散": BUS,
    "食品安全": FOOD,
}


def steps_of(scenario: Text | None) -> tuple[Step, ...]:
    """Return the steps of a scenario; an evacuation where none is named or known."""
    own = SCRIPTS.get(scenario.zh if scenario else "", _EVACUATION)
    return (*OPENING, *own, *CLOSING)
