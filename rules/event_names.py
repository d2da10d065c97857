"""Names of the events that rules wait for."""

from rules.text import Text

EVENT_NAMES: dict[str, Text] = {
    name: Text(zh=zh, en=en)
    for name, zh, en in (
        ("opening", "每日开放", "each opening"),
        ("closing", "每日关闭", "each closing"),
        ("term-start", "开学", "the start of term"),
        ("term-end", "学期结束", "the end of term"),
        ("holiday-start", "放假", "the start of holidays"),
        ("holiday-end", "假期结束", "the end of holidays"),
        ("accident", "事故发生", "an accident"),
        ("accident-reported-to-head", "负责人接到事故报告", "the head hears of an accident"),
        ("check-finding", "检查发现问题", "a check finds something"),
        ("child-return", "儿童返园", "a child's return"),
        ("class-hygiene-failed", "班级卫生不合格", "a class fails on hygiene"),
        ("dangerous-work", "危险作业", "dangerous work"),
        ("delivery-fault", "到货不合格", "a faulty delivery"),
        ("equipment-fault", "设备故障", "an equipment fault"),
        ("fire", "发生火灾", "a fire"),
        ("fire-authority-deadline", "消防部门期限", "the fire authority's deadline"),
        ("fire-facility-out-of-service", "停用消防设施", "fire facilities go out of service"),
        ("fire-hazard-remains", "火灾隐患未消除", "a fire hazard remains"),
        ("fire-system-fault", "消防系统故障", "a fault of a fire system"),
        ("fire-violation-found", "发现消防违法行为", "a fire violation is found"),
        ("first-opening", "首次营业", "the first opening"),
        ("food-accident", "食品安全事故", "a food accident"),
        ("food-delivery", "食材到货", "a food delivery"),
        ("fund-account-closed", "资金决算", "the closing of a fund account"),
        ("goods-received", "物资入库", "goods are received"),
        ("group-meal", "集体用餐", "a group meal"),
        ("hazard-logged", "隐患登记", "a hazard is logged"),
        ("hot-work", "动火作业", "hot work"),
        ("infectious-cluster", "传染病聚集", "a cluster of infections"),
        ("inspection-application-deadline", "检验到期", "the inspection's expiry"),
        ("lift-accident", "电梯事故", "a lift accident"),
        ("lift-entrapment", "电梯困人", "a lift entrapment"),
        ("lift-serious-hazard", "电梯严重隐患", "a serious hazard of a lift"),
        ("major-fire-hazard-beyond-means", "无力解决的重大火灾隐患", "a major hazard beyond means"),
        ("major-fire-hazard-town-planning", "涉及规划的重大火灾隐患", "a major hazard of planning"),
        ("major-hazard-found", "发现重大隐患", "a major hazard is found"),
        ("major-spending-proposed", "提出重大支出", "major spending is proposed"),
        ("medical-waste-handover", "医疗废物交接", "medical waste is handed over"),
        ("new-post", "上岗", "a new post"),
        ("post-absence", "岗位缺勤", "an absence from a post"),
        ("rectification-completed", "整改完成", "a rectification is completed"),
        ("relocation", "搬迁", "a relocation"),
        ("roof-repaired", "屋面维修", "a roof repair"),
        ("school-bus-trip", "校车出车", "a school bus trip"),
        ("special-equipment-in-use", "特种设备投入使用", "special equipment goes into use"),
        ("video-system-changed", "视频系统变更", "a change of the video system"),
        ("video-system-in-use", "视频系统启用", "the video system goes into use"),
        ("weather-warning", "天气预警", "a weather warning"),
    )
}


def event_name(event: str) -> Text:
    """Return the name of *event*; one that the organisation made up keeps its own."""
    plain = event.replace("-", " ")
    return EVENT_NAMES.get(event) or Text(zh=f"“{plain}”", en=f"“{plain}”")
