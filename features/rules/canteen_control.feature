# language: zh-CN
功能: 食堂日管控、周排查、月调度
  Canteens: control on every day of operation, a weekly check, a monthly meeting.

  规则: 供餐的每一天管控，每周排查，每月调度

    @rule:canteen-daily-weekly-monthly-daily @rule:canteen-daily-weekly-monthly-weekly @rule:canteen-daily-weekly-monthly-monthly
    场景: 一所有食堂的中学的十二月
      假如一个场所，情况是：
        | 场所种类 | 中学 |
        | 有食堂   | 是   |
      那么2026年12月1日至2026年12月31日，“食堂日管控”共23次
      而且2026年12月1日至2026年12月31日，“食堂周排查”的截止日为12月4日、12月11日、12月18日、12月25日、12月31日（周四）
      而且2026年12月1日至2026年12月31日，“食堂月调度”的截止日为12月31日

    @rule:canteen-daily-weekly-monthly-daily
    场景: 集中用餐规定施行前一天还不适用
      假如一个场所，情况是：
        | 场所种类 | 中学 |
        | 有食堂   | 是   |
      那么2025年4月14日，“食堂日管控”不适用
      而且2025年4月15日，“食堂日管控”适用

    @rule:samr97-daily @rule:canteen-daily-weekly-monthly-daily
    场景: 学校食堂不按食品经营企业管理
      假如一个场所，情况是：
        | 场所种类           | 中学 |
        | 有食堂             | 是   |
        | 从事食品销售或餐饮 | 否   |
      那么“食品经营企业日管控”不适用
      而且“食堂日管控”适用
