"""What each customer of the load says: questions, a balance and gas start-up, all settled by the assistant."""

#: The demo company's account 10010001 is told its balance after the end of its telephone number.
CONVERSATION = (
    "你好",
    "现在天然气多少钱一方",
    "燃气费在哪里交",
    "查询余额",
    "10010001",
    "后四位是0001",
    "我要办理点火开通",
    "幸福小区",
    "3号楼2单元501室",
    "没有热水器",
    "只做饭",
    "怎么开发票",
    "云顶小区通气了吗",
    "营业厅几点下班",
    "谢谢你",
)

LEAK = "厨房里有很大的燃气味"
