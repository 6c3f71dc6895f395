"""What gasdesk says in an emergency besides the instruction: it asks where, reads back, answers what is asked."""

from bot.conversation import emergency_questions
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Button, Draft, Emergency, EmergencyStep, Kind, Speaker
from bot.domain.emergencies import EmergencyKind
from bot.ports import Work


class EmergencyVoice:
    def __init__(self, company: CompanyProfile) -> None:
        self._company = company
        self._say = company.emergency_scripts

    def question(self, emergency: Emergency) -> str:
        """Nobody is asked in the same words three times."""
        if emergency.asked:
            again = self._say.ask_address_again if emergency.asked == 1 else self._say.ask_address_still
            return self._company.fill(again)
        if emergency.kind is EmergencyKind.OUTDOOR_LEAK:
            return self._say.ask_place
        if emergency.kind in (EmergencyKind.CARBON_MONOXIDE, EmergencyKind.FIRE):
            return self._say.ask_place_of_people
        return self._say.ask_address

    def answer(self, work: Work, emergency: Emergency, text: str) -> bool:
        """Say what holds of the things that the message asks about. False if it asks none that is known."""
        concerns = emergency_questions.asked(text, outdoors=emergency.kind is EmergencyKind.OUTDOOR_LEAK)
        for concern in concerns:
            self.speak(work, Kind.NOTICE, self._company.safety_answer(concern))
        return bool(concerns)

    def accompany(self, work: Work, emergency: Emergency, *, news: bool) -> None:
        """The crew is on its way; with `news`, what the customer has just told is on the order."""
        outdoors = emergency.kind is EmergencyKind.OUTDOOR_LEAK
        coming = self._say.on_the_way_outdoors if outdoors else self._say.on_the_way
        self.speak(work, Kind.NOTICE, self._company.fill(f"{self._say.told_on}{coming}" if news else coming))

    def ask_on(self, work: Work, emergency: Emergency) -> None:
        """The open question once more, after one of the customer's: nothing counts as unanswered."""
        if emergency.step is EmergencyStep.CONFIRM:
            self.read_back(work, emergency, self._say.read_back_again)
        elif emergency.address:
            self.ask(work, emergency, self._say.ask_house)
        else:
            self.ask(work, emergency, self.question(emergency))

    def read_back(self, work: Work, emergency: Emergency, sentence: str) -> None:
        buttons = (Button(self._say.yes, self._say.yes), Button(self._say.no, self._say.no))
        self.ask(work, emergency, self._company.fill(sentence, address=emergency.address), buttons)

    def ask(self, work: Work, emergency: Emergency, text: str, buttons: tuple[Button, ...] = ()) -> None:
        if emergency.accepted_by is None:
            work.post(Draft(Speaker.SYSTEM, Kind.QUESTION, text, buttons))

    def speak(self, work: Work, kind: Kind, text: str) -> None:
        work.post(Draft(Speaker.SYSTEM, kind, text))
