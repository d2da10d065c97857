# language: zh-CN
功能: 算清人手
  The least staff that keeps the legal duties of a term, and whose absence makes a duty fall.

  背景:
    假如问的是春苗幼儿园2026年11月23日至2027年1月22日的法定职责

  规则: 最少人手是证明过的，并写明谁须在工作日之外到岗

    @rule:moe45-accompany-meal
    场景: 周六家长开放日也供餐，要有负责人陪餐
      当算清人手
      那么最少要4人，不必招人，已证明不能再少
      而且沈芳须在2026年12月12日（周六）到岗

  规则: 少了谁、哪天会有职责落空，逐人试过

    @rule:samr74-daily
    场景: 电梯安全管理员周六不在
      当算清人手
      那么邵军周六不在时最多有2次检查落空，其中有“电梯日管控”

    @rule:moe45-accompany-meal
    场景: 有人可替，就不算
      当算清人手
      那么陆琳周一不在时没有检查落空
