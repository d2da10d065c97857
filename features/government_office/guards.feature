# language: zh-CN
功能: 三个办公区的门卫
  Guards around the clock in three office areas; a gap stands against publishing the roster.

  背景:
    假如“开发区机关后勤服务中心”的资料和规则已导入，11月23日起两周的检查已排好
    而且排出了门岗2026年7月1日至2026年7月31日的班表

  规则: 三个办公区每个时刻都有门卫，有空档的班表不能公布

    @rule:office-guard-coverage
    场景: 七月的班表
      那么3个岗位每个时刻都有人
      而且每个时刻都有1名持证人员在岗
      而且班表可以公布

    @rule:office-guard-coverage
    场景: 一个请假出现空档，补上才能公布
      当泗水办公区门岗7月11日（周六）夜班的人请假，7月12日02:00至7月12日06:00
      那么不能公布，泗水办公区门岗在7月12日02:00至7月12日06:00缺1人
      当补排缺口，其余班次尽量不动
      那么3个岗位每个时刻都有人
      而且班表可以公布
