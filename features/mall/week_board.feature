# language: zh-CN
功能: 派工周表
  The week board: somebody falls ill at ten, as little as possible changes, and a step is taken back.

  背景:
    假如“海岸商业集团”的资料和规则已导入，11月23日起两周的检查已排好

  规则: 当天有人请假，未做的检查改派他人，其他人不动

    @rule:complex-facility-monthly-halfyear-single
    场景: 黄强十点请病假
      当安全管理员刘芳于11月23日（周一）10:00登记黄强当天病假
      那么黄强当天再没有检查
      而且换人的检查都是黄强的，或原定日期已过的
      而且已证明改动最少
      当安全管理员刘芳于11月23日10:20撤销这一步
      那么每项检查都和原来一样

  规则: 硬性规则不因人情而放宽

    @rule:complex-facility-monthly-halfyear-single
    场景: 没有岗位的人不能接手
      当安全管理员刘芳于11月23日10:00把黄强的一项检查改派给张伟
      那么被拒绝，原因是“不任岗位”

    @rule:complex-facility-monthly-halfyear-single
    场景: 不管派工的人不能改派工
      当查看者刘芳于11月23日10:00登记黄强当天病假
      那么被拒绝，原因是“只有管理员、安全管理员和班组长可以改派工”
