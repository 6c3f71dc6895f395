"""Takes what identifies a customer out of a sentence before it is kept for training.

Other than in a log, the sentence must still read, to a person and to the model, as one that customers write: a mobile
number becomes another mobile number, a long number another long number, a flat another flat. What no stand-in is known
for is hidden as in a log.
"""

import re

from bot.masking import HIDDEN, mask_text

#: Nobody's number: of the range that is never given out.
MOBILE, LONG_NUMBER, ID_CARD, NAME, MAIL = "13800000000", "10000000", "一个身份证号", "某某", "邮箱"

_MOBILE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
_ID_CARD = re.compile(r"(?<![\dA-Za-z])\d{6}\s?\d{8}\s?\d{3}[\dXx](?![\dA-Za-z])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_LONG_NUMBER = re.compile(r"(?<![\d.])\d(?:[\s-]?\d){6,}(?!\d)")
_ACCOUNT = re.compile(r"(户号|账号|帐号|表号|卡号)(\D{0,4}?)\d{4,6}(?!\d)")
_FIGURE = "[0-9０-９零〇一二两三四五六七八九十百]{1,5}"
_DWELLING = re.compile(
    rf"{_FIGURE}(?:\s*[-—–~#、/]\s*{_FIGURE})*(?=\s*(?:号楼|号院|栋|幢|座|单元|室(?!一?[一两三]?厅|[一两]厅)|弄|楼\d|层\d))"
)
_DASHED = re.compile(r"(?<![\d.:])\d{1,3}(?:[-—–~]\d{1,4}){1,3}(?![\d:月日号点时岁方块元])")
_ROOM_AFTER = re.compile(r"(?<=单元)\s*\d{2,4}|(?<=号楼)\s*\d{2,4}(?!单元)|(?<=[栋幢座])\s*\d{2,4}(?!单元)")
_HOUSE = re.compile(r"(?<=[路街巷道村])\d{1,4}(?=号)")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方"
    "邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
)
_SAID_NAME = re.compile(
    r"(我叫|我的名字是|名字叫|姓名[是:：]?\s*|户主[是叫:：]\s*|联系人[是:：]?\s*|开户人[是:：]?\s*)[一-鿿]{2,3}?(?=$|[^一-鿿]|的|电|手|住)"
)
_TITLED = re.compile(rf"(?<![一-鿿])[{_SURNAMES}](?:[一-鿿]{{0,2}})(?=先生|女士|小姐|太太|阿姨|大爷)")
_I_AM = re.compile(rf"(?<=我是)[{_SURNAMES}][一-鿿]{{1,2}}(?=$|[^一-鿿])")


def anonymous(text: str) -> str:
    """The sentence with stand-ins for numbers, dwellings, names and addresses of mail."""
    text = _MAIL.sub(MAIL, _ID_CARD.sub(ID_CARD, text))
    text = _LONG_NUMBER.sub(lambda found: MOBILE if found[0] == MOBILE else LONG_NUMBER, _MOBILE.sub(MOBILE, text))
    text = _ACCOUNT.sub(rf"\1\g<2>{LONG_NUMBER}", text)
    for dwelling, stand_in in ((_ROOM_AFTER, "101"), (_DWELLING, "1"), (_DASHED, "1-101"), (_HOUSE, "1")):
        text = dwelling.sub(stand_in, text)
    text = _I_AM.sub(NAME, _TITLED.sub(NAME, _SAID_NAME.sub(rf"\1{NAME}", text)))
    return _hidden_as_in_a_log(text)


def _hidden_as_in_a_log(text: str) -> str:
    """What only the log's mask knows (keys, tokens); our own stand-ins it would mask are put back."""
    kept = text.replace(MOBILE, "\ue000").replace(LONG_NUMBER, "\ue001")
    return mask_text(kept).replace("\ue000", MOBILE).replace("\ue001", LONG_NUMBER)


def is_hidden(text: str) -> bool:
    """Too much had to be hidden for the sentence to teach anything."""
    return HIDDEN in text
