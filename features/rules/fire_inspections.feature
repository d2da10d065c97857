# language: zh-CN
功能: 防火检查的周期
  Fire inspections: quarterly for organs and institutions, monthly for enterprises, half-monthly in high-rises.

  规则: 机关、团体、事业单位每季度，其他单位每月，高层公共建筑每半个月

    @rule:mps61-inspection-quarterly @rule:mps61-inspection-monthly
    场景: 机关每季度一次
      假如一个场所，情况是：
        | 场所种类 | 机关办公场所 |
        | 单位性质 | 机关         |
        | 高层建筑 | 否           |
      那么2026年1月1日至2026年12月31日，“每季度防火检查（机关、团体、事业单位）”的截止日为3月31日、6月30日、9月30日、12月31日
      而且“每月防火检查（企业等单位）”不适用

    @rule:mps61-inspection-monthly
    场景: 企业每月一次，月末逢周末提前
      假如一个场所，情况是：
        | 场所种类 | 写字楼 |
        | 单位性质 | 企业   |
        | 高层建筑 | 否     |
      那么2026年1月1日至2026年3月31日，“每月防火检查（企业等单位）”的截止日为1月30日（周五）、2月28日（周六）、3月31日

    @rule:highrise-inspection-halfmonth @rule:mps61-inspection-quarterly
    场景: 高层里的机关按更严的每半个月
      假如一个场所，情况是：
        | 场所种类 | 机关办公场所 |
        | 单位性质 | 机关         |
        | 高层建筑 | 是           |
      那么“高层公共建筑每半个月防火检查”适用
      而且2026年12月1日至2026年12月31日，“高层公共建筑每半个月防火检查”的截止日为12月15日、12月31日

  规则: 是不是企业没有回答，就先问

    @rule:mps61-inspection-monthly
    场景: 单位性质未填
      假如一个场所，情况是：
        | 场所种类 | 写字楼 |
      那么“每月防火检查（企业等单位）”待定，须先回答“这个单位是机关、团体、企业、事业单位，还是个体户或住户？”
