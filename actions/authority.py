""" "谁批准的", "谁让你们来的": a charge or a visit is doubted; nobody asks for the boss. Pure."""

import re

from actions.understanding import normal

_WHO = "(谁|哪个|哪位|什么人|哪家|哪个部门|什么部门)"
_ALLOWS = "批准|批的|批了|同意|允许|准许|准的|授权|规定|定的|[让叫](你|他)|给(你|他)[^,。]{0,4}(权|胆)"
_DOUBTS = re.compile(f"{_WHO}[^,。]{{0,5}}({_ALLOWS})|(有|凭)(什么|啥)(依据|文件|规定|资格)|依据(是什么|在哪)|哪条规定")
_BOSS = re.compile("领导|老板|经理|负责人|主管|管事|主任|班长")


def doubts_authority(text: str) -> bool:
    """Whether it is asked by whose leave something was done or charged."""
    words = normal(text)
    return _BOSS.search(words) is None and _DOUBTS.search(words) is not None
