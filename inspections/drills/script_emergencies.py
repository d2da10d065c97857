"""Steps of drills of emergencies other than fire, as proposed."""

from inspections.drills.script_step import ALL, CONTROL, ENGINEERS, GUARDS, GUIDES, LEADER, during

POWER = (
    during(
        ENGINEERS,
        "模拟断电，确认停电范围，启动应急电源。",
        "Simulate the cut, find its extent, start emergency power.",
    ),
    during(
        ENGINEERS,
        "检查电梯有无困人，按规程解救。",
        "See whether lifts hold anybody; free them by the book.",
    ),
    during(
        GUARDS,
        "应急照明下守住楼梯口和收银、贵重物品处。",
        "Under emergency lighting hold stairs, tills and valuables.",
    ),
    during(
        LEADER,
        "广播说明情况，按预案决定是否疏散。",
        "Announce what happened; decide on evacuation by the plan.",
    ),
)
WATER = (
    during(
        ENGINEERS, "关闭进水阀，查明停水范围和原因。", "Shut the supply; find extent and cause."
    ),
    during(
        LEADER,
        "通知食堂、卫生间和用水设备停用，启用备用水。",
        "Stop kitchens, toilets and machines; open the reserve.",
    ),
    during(ENGINEERS, "确认消防水池水位满足要求。", "Confirm that the fire tank holds enough."),
)
LEAK = (
    during(
        ALL,
        "发现人报告地点和水量，设置防滑警示。",
        "Whoever sees it reports where and how much; put up slip warnings.",
    ),
    during(
        ENGINEERS,
        "五分钟内关闭最近阀门，切断受影响的电源。",
        "Close the nearest valve within five minutes; cut affected power.",
    ),
    during(
        ALL,
        "用沙袋和吸水设备阻断、清除积水，转移物品。",
        "Block and remove the water; move goods.",
    ),
)
WEATHER = (
    during(
        LEADER,
        "按预警级别通知各岗位，启动相应措施。",
        "Tell every post by the level of the warning; start its measures.",
    ),
    during(
        ENGINEERS,
        "检查屋面、排水、广告牌和门窗，备好沙袋和水泵。",
        "Check roof, drains, signs and windows; have sandbags and pumps ready.",
    ),
    during(
        GUARDS,
        "出入口铺防滑垫，引导人员走安全通道。",
        "Lay mats at the entrances; lead people along safe ways.",
    ),
)
STOP = (
    during(
        ALL,
        "发现人按下急停，疏散周围人员并报告。",
        "Whoever sees it presses the stop, clears the area and reports.",
    ),
    during(
        ENGINEERS,
        "断电挂牌，判断故障，联系维保单位。",
        "Isolate and tag, find the fault, call the maintenance firm.",
    ),
    during(
        LEADER,
        "启用备用设备或分流，向受影响部门说明。",
        "Use the reserve or divert; tell whom it affects.",
    ),
)
ORDER = (
    during(
        ALL,
        "发现人保持距离，按下报警装置，模拟拨打 110。",
        "Keep away, press the alarm, rehearse the call to the police.",
    ),
    during(
        GUARDS,
        "携带防护器材到场隔离，保护人员撤离。",
        "Arrive with protective gear, isolate, cover those who leave.",
    ),
    during(
        CONTROL,
        "锁定监控画面，保存录像，关闭相关出入口。",
        "Hold the cameras on it, keep the recording, close the gates concerned.",
    ),
)
LIFT = (
    during(
        CONTROL,
        "接到轿厢呼叫，安抚乘客，告知不要扒门。",
        "Answer the call from the car, calm people, tell them not to force the doors.",
    ),
    during(
        ENGINEERS,
        "切断主电源，确认轿厢位置，按规程盘车放人。",
        "Cut the main power, find the car, free people by the book.",
    ),
    during(
        LEADER,
        "记录接报、到场和解救时刻；从接报到到场不超过 30 分钟。",
        "Note call, arrival and release; arrival within 30 minutes of the call.",
    ),
)
BUS = (
    during(
        ALL,
        "驾驶员停稳、开门、断电，打开双闪。",
        "The driver stops, opens the doors, cuts the power, warns others.",
    ),
    during(
        GUIDES,
        "照管员引导学生从车门和安全窗有序下车。",
        "The attendant leads pupils out by doors and emergency windows.",
    ),
    during(
        LEADER,
        "在安全处清点人数，检查车厢无人。",
        "Count at a safe place; see that nobody is left aboard.",
    ),
)
FOOD = (
    during(
        LEADER,
        "接到不适报告，停止供餐，封存留样和剩余食品。",
        "On the report of illness stop serving; seal samples and leftovers.",
    ),
    during(
        ALL,
        "登记就餐和不适人员，模拟送医。",
        "List who ate and who is ill; rehearse taking them to hospital.",
    ),
    during(
        LEADER,
        "两小时内模拟向监管部门报告。",
        "Rehearse the report to the authority within two hours.",
    ),
)
