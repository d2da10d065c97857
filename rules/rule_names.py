"""What the codes in rules are called: layers, strengths, kinds, targets, severities and items."""

from collections.abc import Mapping

from rules.checklist import Severity
from rules.facts import Target
from rules.pack import Kind, Layer, Precision, Strength
from rules.text import Text

LAYER_NAMES: Mapping[Layer, Text] = {
    "law": Text(zh="法律法规", en="law"),
    "local": Text(zh="地方", en="local"),
    "sector": Text(zh="行业", en="sector"),
    "group": Text(zh="集团", en="group"),
    "site": Text(zh="本单位", en="site"),
}
STRENGTH_NAMES: Mapping[Strength, Text] = {
    "mandatory": Text(zh="强制", en="mandatory"),
    "recommended": Text(zh="推荐", en="recommended"),
}
KIND_NAMES: Mapping[Kind, Text] = {
    "duty": Text(zh="职责", en="duty"),
    "event": Text(zh="事件触发", en="on an event"),
    "state": Text(zh="认定", en="state"),
    "constraint": Text(zh="限值", en="constraint"),
    "coverage": Text(zh="在岗", en="staffing"),
    "retention": Text(zh="留存", en="retention"),
    "permission": Text(zh="许可", en="permission"),
    "reaction": Text(zh="联动", en="reaction"),
}
TARGET_NAMES: Mapping[Target, Text] = {
    "site": Text(zh="场所", en="site"),
    "place": Text(zh="地点", en="place"),
    "asset": Text(zh="设备", en="asset"),
    "person": Text(zh="人员", en="person"),
    "post": Text(zh="岗位", en="post"),
}
SEVERITY_NAMES: Mapping[Severity, Text] = {
    "minor": Text(zh="轻微", en="minor"),
    "moderate": Text(zh="一般", en="moderate"),
    "severe": Text(zh="严重", en="severe"),
}
ITEM_TYPE_NAMES: Mapping[str, Text] = {
    "pass-fail": Text(zh="合格或不合格", en="pass or fail"),
    "number": Text(zh="读数", en="reading"),
    "choice": Text(zh="选项", en="choice"),
    "text": Text(zh="文字", en="text"),
    "photo": Text(zh="照片", en="photo"),
    "signature": Text(zh="签名", en="signature"),
}
EXCLUDED_NAMES: Mapping[str, Text] = {
    "keeper": Text(zh="管理人", en="its keeper"),
    "maintainer": Text(zh="维修方", en="who maintains it"),
    "rectifier": Text(zh="整改人", en="who put it right"),
    "person-checked": Text(zh="被检查人", en="the person checked"),
}
PRECISION_NAMES: Mapping[Precision, Text] = {
    "day": Text(zh="到日", en="to the day"),
    "month": Text(zh="到月", en="to the month"),
    "year": Text(zh="到年", en="to the year"),
    "unknown": Text(zh="未知", en="unknown"),
}
