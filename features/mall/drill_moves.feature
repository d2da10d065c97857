# language: zh-CN
功能: 演练改期
  A drill moves to another day: what that breaks is told before, may be done knowingly, and is taken back.

  背景:
    假如“海岸商业集团”的资料和规则已导入，11月23日起两周的检查已排好
    而且刘芳发布了2027年的演练，“六种应急演练每月轮换”两店联合

  规则: 改期之前就说明会违反什么

    @rule:mall-evacuation-drill
    场景: 改到周期以外，不是明知就不改
      当刘芳把第一次疏散演练改到2027年3月1日
      那么没有改期，说明“在期外”

    @rule:mall-evacuation-drill
    场景: 明知而改，日期定下；撤回后回到原处
      当刘芳明知而把第一次疏散演练改到2027年3月1日
      那么该演练在2027年3月1日，日期已定
      当刘芳撤回改期
      那么该演练回到原来的日期

    场景: 改到过去，明知也不行
      当刘芳明知而把第一次疏散演练改到2026年11月1日
      那么没有改期，说明“已过”
