# language: zh-CN
功能: 消防控制室每班几个人
  Control rooms: two by national rule, one in Guangdong where every function works remotely, never by an unread text.

  规则: 全国每班不少于两人

    @rule:fire-87-control-room @rule:gb25506-control-room
    场景: 北京的写字楼
      假如一个场所，情况是：
        | 场所种类                 | 写字楼 |
        | 单位性质                 | 企业   |
        | 省级行政区               | 北京市 |
        | 有消防控制室             | 是     |
        | 消防控制室可联网远程操作 | 是     |
      而且场所有岗位“消控室”，情况是：
        | 值守岗位种类 | 消防控制室 |
      那么岗位“消控室”每班至少2人

  规则: 广东读过全文的条例允许联网的一人值班

    @rule:gd-control-room-networked @rule:gd-control-room-networked-one-person
    场景大纲: 能不能联网远程操作全部功能
      假如一个场所，情况是：
        | 场所种类                 | 写字楼 |
        | 单位性质                 | 企业   |
        | 省级行政区               | 广东省 |
        | 有消防控制室             | 是     |
        | 消防控制室可联网远程操作 | <联网> |
      而且场所有岗位“消控室”，情况是：
        | 值守岗位种类 | 消防控制室 |
      那么岗位“消控室”每班至少<人数>人

      例子:
        | 联网 | 人数 |
        | 是   | 1    |
        | 否   | 2    |

  规则: 只读过引文的地方例外不减人

    @rule:local-control-room-1person-zhejiang
    场景: 浙江的例外未读全文，仍按两人
      假如一个场所，情况是：
        | 场所种类                 | 写字楼 |
        | 单位性质                 | 企业   |
        | 省级行政区               | 浙江省 |
        | 有消防控制室             | 是     |
        | 消防控制室可联网远程操作 | 是     |
      而且场所有岗位“消控室”，情况是：
        | 值守岗位种类 | 消防控制室 |
      那么“浙江：可远程操作全部功能的消防控制室可单人值班”适用
      而且岗位“消控室”每班至少2人
