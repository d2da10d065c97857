# language: zh-CN
功能: 什么算高层，多高多一次演练
  High-rise: above 24 metres for public, above 27 for residential buildings; above 100 a second full drill.

  规则: 高于二十四米的非单层公共建筑、高于二十七米的住宅是高层民用建筑

    @rule:highrise-definition-public @rule:highrise-daily-patrol
    场景大纲: 二十四米整不是高层公共建筑
      假如一个场所，情况是：
        | 场所种类 | 写字楼 |
        | 建筑高度 | <高度> |
        | 层数     | 7      |
      那么“高层民用建筑每日防火巡查”<结果>

      例子:
        | 高度 | 结果   |
        | 24.0 | 不适用 |
        | 24.1 | 适用   |

    @rule:highrise-definition-residential @rule:highrise-daily-patrol
    场景大纲: 住宅以二十七米为界
      假如一个场所，情况是：
        | 场所种类 | 住宅   |
        | 建筑高度 | <高度> |
        | 层数     | 9      |
      那么“高层民用建筑每日防火巡查”<结果>

      例子:
        | 高度 | 结果   |
        | 27.0 | 不适用 |
        | 27.1 | 适用   |

  规则: 每年全要素综合演练；超过一百米的高层公共建筑每半年

    @rule:highrise-drill-100m-halfyear @rule:highrise-drill-yearly
    场景大纲: 一百米整每年一次，一百米以上每半年一次
      假如一个场所，情况是：
        | 场所种类 | 写字楼 |
        | 建筑高度 | <高度> |
        | 层数     | 30     |
      那么“超过一百米的高层公共建筑每半年全要素综合演练”<半年>

      例子:
        | 高度  | 半年   |
        | 100.0 | 不适用 |
        | 100.1 | 适用   |

  规则: 有分预案的单位和部门才每季度演练

    @rule:highrise-subplan-drill-quarterly
    场景大纲: 是否分设预案
      假如一个场所，情况是：
        | 场所种类 | 写字楼 |
        | 高层建筑 | 是     |
        | 有分预案 | <有无> |
      那么“编制分预案的单位和部门每季度演练”<结果>

      例子:
        | 有无 | 结果   |
        | 是   | 适用   |
        | 否   | 不适用 |
