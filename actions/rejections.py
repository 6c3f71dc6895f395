"""Rejecting what is going on ("不对 我是要过户"): the dialogue that was misunderstood is left for good. Pure."""

import re
from functools import lru_cache

from actions.understanding import is_question, normal

_STARTS = "(哎呀?|唉|啊|呃|额|嗯|哦|哈)?[,。 ]*"
_WISH = (
    "((我|俺|咱)们?(其实|本来|就|只|现在|还)?(是|要|想|问|说|得|先)|(其实|本来|就|只)?(是要|是想|是问|是来|想|要|问))"
)
_TO_DO = "[办报查问弄算]"
_NO = "不对|不是(的|这个|这样)?|错了|你?们?(搞|弄|听|理解|会)错意?了|不不+|算了|不用了|等等(?![,。! ]*我?先)"
#: "不对 我是要过户", "搞错了，我想问发票": no to it, and a wish of one's own; "等等 我先问下" only puts it off.
_NOT_SO = re.compile(f"{_STARTS}(({_NO})[啊呀吧的了呢,。! ]*)+{_WISH}")
#: "我不是要点火 是要过户", "不是问气价，是问发票".
_BUT = re.compile(
    f"(不是|没|没有|不|别|甭)(要|想|来|说|问|办|查|报)[^,。! ]{{0,8}}[,。! ]*{_WISH}"
    f"|不是[^,。! \\d]{{1,6}}[,。! ]+({_WISH}|(而|就)?是)"
)
#: "点火先不办了，我要过户".
_LEFT = re.compile(f"(先|暂时)?(不|别){_TO_DO}(这个|那个)?了[啊呀吧的呢,。 ]*{_WISH}")


def rejects(text: str) -> bool:
    """Whether the words reject the matter in hand and name a wish instead.

    Only of use where they were taken for another subject: "不对，我是5号楼" corrects an answer.
    """
    words = normal(text)
    return _NOT_SO.match(words) is not None or any(found.search(words) for found in (_BUT, _LEFT))


#: What customers call the matter of a dialogue.
_NAMES = {
    "balance_form": "余额|欠费",
    "card_form": "ic卡|卡表?|插卡|充卡",
    "card_lost_form": "补卡|丢卡|卡丢",
    "inspection_form": "安检",
    "invoice_form": "发票",
    "late_fee_form": "滞纳金",
    "open_account_form": "开户|立户|报装",
    "opening_fee_form": "报装|开户",
    "order_form": "进度|工单",
    "outage_form": "停气",
    "pay_form": "[交缴]费",
    "price_form": "气价|算钱|算气费",
    "reading_form": "报数|报表|读数|抄表",
    "repair_form": "报修|修",
    "startup_form": "点火|开通",
    "transfer_form": "过户",
}
_CLAUSE = re.compile("[,。!?; ]+")


@lru_cache
def _denial_of(names: str) -> re.Pattern[str]:
    verbs = "(要|想|来|去|问|说|办理?|查|报|弄|算|搞)"
    return re.compile(
        f"(不(是|用|需要|{verbs})|没{verbs}){verbs}*(我的?|你们?|这个|那个|什么|啥)?({names})|不(?=过户|[开立]户|报[数表])({names})"
    )


def denies(form: str, text: str) -> bool:
    """Whether the words say that the matter of this dialogue is not theirs: "我家不是卡表", "不查余额！"."""
    names = _NAMES.get(form)
    clauses = _CLAUSE.split(normal(text).lower()) if names else ()
    return any(_denial_of(names or "").search(each) and not is_question(each) for each in clauses)
