"""The grade of a complaint, from the customer's words (S1 第九条). Pure."""

from bot.domain.company import Complaints
from bot.domain.work_orders import Grade

#: From these on the team lead takes part at once (S1: from 严重 on nobody below a manager settles it).
GRAVE = frozenset({Grade.SEVERE, Grade.MEDIA})


def grade_of(text: str, hints: Complaints, *, upset: bool) -> Grade:
    """The gravest grade that the words show; an upset customer's complaint is 有影响 at least (S1 第九条 2)."""
    words = "".join(text.split()).lower()
    for grade, hint_words in (
        (Grade.MEDIA, hints.media),
        (Grade.SEVERE, hints.severe),
        (Grade.AFFECTING, hints.affecting),
    ):
        if any(each.lower() in words for each in hint_words):
            return grade
    return Grade.AFFECTING if upset else Grade.ORDINARY
