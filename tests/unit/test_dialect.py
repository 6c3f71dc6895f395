import pytest

from bot.domain.dialect import standard


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("没得味道", "没有味道"),
        ("没得问题", "没问题"),
        ("咋个开通", "咋开通"),
        ("等哈 我看哈表 眼睛不得行", "等一下 我看一下表 眼睛不行"),
        ("滞纳金好多钱", "滞纳金多少钱"),
        ("房号我不晓得", "房号我不知道"),
        ("啥子漏气哦 我是灶打不燃", "啥漏气哦 我是灶打不着"),
        ("我个人去", "本人去"),
        ("要得 快来", "好 快来"),
        ("对头对头 快点嘛", "对对 快点嘛"),
        ("俺家今儿晚上能洗澡不", "我家今天晚上能洗澡不"),
        ("冇煤气啊", "没有煤气啊"),
    ],
)
def test_words_of_dialects(said: str, meant: str) -> None:
    assert standard(said) == meant


@pytest.mark.parametrize(
    "said", ["还没得到答复", "我记得行程", "要得到房东同意", "好多天没气了", "哈哈 等哈哈", "幸福小区3号楼2单元501"]
)
def test_what_only_looks_like_one_stays(said: str) -> None:
    assert standard(said) == said
