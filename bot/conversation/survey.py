"""Takes a customer's answer to the satisfaction survey: stored, thanked for, and no new conversation, no new wait."""

from bot.domain.company import CompanyProfile
from bot.domain.conversations import Button, Draft, Kind, Message, Speaker
from bot.domain.surveys import ASK_WHY_UP_TO, SurveyAnswer, read_answer, reason_buttons
from bot.ports import Contact, Conversations, NoSuchConversation, Work


class SurveyAnswers:
    def __init__(self, conversations: Conversations, company: CompanyProfile) -> None:
        self._conversations = conversations
        self._company = company

    async def __call__(self, contact: Contact, message_id: str | None, text: str) -> Message | None:
        """The message as an answer to the survey this customer was sent last, however late; None if it is none."""
        answer = read_answer(text, self._company.satisfaction)
        if answer is None:
            return None
        try:
            async with self._conversations.open_latest(contact) as work:
                return await self._hear(work, message_id, text, answer)
        except NoSuchConversation:
            return None

    async def _hear(self, work: Work, message_id: str | None, text: str, answer: SurveyAnswer) -> Message | None:
        known = await work.message(message_id) if message_id else None
        if known:
            return known
        if answer.bare and not work.conversation.closed:
            return None
        survey = await work.answer_survey(answer)
        if survey is None:
            return None
        message = work.post(Draft(Speaker.CUSTOMER, Kind.SURVEY, text, id=message_id))
        said = f"{survey.score}分" if answer.score else f"原因：{answer.reason}"
        work.note("survey", f"用户评价（工号 {survey.staff_id} 的服务）：{said}")
        self._reply(work, answer)
        return message

    def _reply(self, work: Work, answer: SurveyAnswer) -> None:
        wording = self._company.satisfaction
        if answer.score is None:
            self._say(work, wording.thanks_for_reason)
        elif answer.score <= ASK_WHY_UP_TO:
            self._say(work, wording.why, reason_buttons(wording))
        else:
            self._say(work, wording.thanks)

    def _say(self, work: Work, sentence: str, buttons: tuple[Button, ...] = ()) -> None:
        work.post(Draft(Speaker.SYSTEM, Kind.SURVEY, self._company.fill(sentence), buttons))
