"""Names of the domains that rules belong to, in the order in which they are listed."""

from rules.text import Text

DOMAIN_NAMES: dict[str, Text] = {
    name: Text(zh=zh, en=en)
    for name, zh, en in (
        ("fire", "消防", "Fire"),
        ("drill", "演练", "Drills"),
        ("food", "食品", "Food"),
        ("water", "供水", "Water supply"),
        ("lift", "电梯", "Lifts"),
        ("boiler", "锅炉", "Boilers"),
        ("special-equipment", "特种设备", "Special equipment"),
        ("health", "卫生保健", "Health"),
        ("hospital", "医院", "Hospital"),
        ("hazard", "隐患", "Hazards"),
        ("security", "安保", "Security"),
        ("school-bus", "校车", "School buses"),
        ("vehicle", "车辆", "Vehicles"),
        ("dormitory", "宿舍", "Dormitory"),
        ("safety", "安全生产", "Safety"),
        ("inspection", "内部检查", "House inspections"),
        ("reading", "读数", "Readings"),
        ("cleaning", "保洁", "Cleaning"),
        ("service", "服务", "Services"),
        ("contractor", "外协", "Contractors"),
        ("stock", "物资", "Stock"),
        ("permit", "作业许可", "Work permits"),
        ("training", "培训", "Training"),
        ("education", "教育", "Education"),
        ("incident", "意外事件", "Incidents"),
        ("reporting", "报告", "Reporting"),
        ("appraisal", "考评", "Appraisal"),
        ("roster", "工时", "Working hours"),
        ("coverage", "值守岗位", "Posts"),
    )
}


def domain_name(domain: str) -> Text:
    """Return the name of *domain*; one that a pack made up keeps its id."""
    return DOMAIN_NAMES.get(domain) or Text(zh=domain, en=domain)
