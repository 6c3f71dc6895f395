"""The whole profile, and the sentences it completes."""

from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Settings
from bot.domain.company.casework import Casework, OrderScripts
from bot.domain.company.channel_scripts import ChannelScripts
from bot.domain.company.complaints import Complaints
from bot.domain.company.contact import FieldUnits, Hall, Identity
from bot.domain.company.dialogues import EmergencyScripts, QueueScripts
from bot.domain.company.household import CardMeters, FrostSeason, Hoses, PipeRefit
from bot.domain.company.inspection import Inspection
from bot.domain.company.linking import Linking
from bot.domain.company.money import AccountPapers, Invoices, Payments
from bot.domain.company.promises import Desk, Service, Sla, WorkingDays
from bot.domain.company.records import Records
from bot.domain.company.safety import Concern, SafetyAnswers, SafetyInstructions
from bot.domain.company.satisfaction import Satisfaction
from bot.domain.company.scripts import Scripts
from bot.domain.company.services import Emergencies, Readings, SafetyChecks, StartUp, WaterHeater
from bot.domain.company.staffing import Staffing
from bot.domain.company.tariff import Balance, GasCoupons, LateFees, MeterTest, OpeningFees, Prices
from bot.domain.emergencies import EmergencyKind


class CompanyProfile(Settings):
    """Every number and name of the business. Who the company is has no default; all else has the sources' values."""

    company: Identity = Field(description="Who the company is")
    halls: Annotated[tuple[Hall, ...], Field(min_length=1)] = Field(description="Service halls, the main one first")
    units: FieldUnits = Field(description="Field units that receive work orders")
    service: Service = Field(default=Service(), description="Hours and dispatch")
    sla: Sla = Field(default=Sla(), description="The conversation clock")
    working_days: WorkingDays = Field(default=WorkingDays(), description="Promises in working days")
    desk: Desk = Field(default=Desk(), description="The people side")
    linking: Linking = Field(default=Linking(), description="The same customer on two channels")
    records: Records = Field(default=Records(), description="How long things are kept")
    staffing: Staffing = Field(default=Staffing(), description="Seats and skill groups")
    casework: Casework = Field(default=Casework(), description="Work orders after they were filed")
    emergencies: Emergencies = Field(default=Emergencies(), description="What the field crew is held to")
    safety: SafetyInstructions = Field(default=SafetyInstructions(), description="First words by kind of emergency")
    safety_answers: SafetyAnswers = Field(default=SafetyAnswers(), description="Each of the safety orders by itself")
    start_up: StartUp = Field(default=StartUp(), description="点火开通")
    water_heater: WaterHeater = Field(default=WaterHeater(), description="热水器改装")
    readings: Readings = Field(default=Readings(), description="报数")
    safety_checks: SafetyChecks = Field(default=SafetyChecks(), description="入户安检")
    card_meters: CardMeters = Field(default=CardMeters(), description="IC卡表")
    hoses: Hoses = Field(default=Hoses(), description="软管")
    pipe_refit: PipeRefit = Field(default=PipeRefit(), description="管道改装")
    frost_season: FrostSeason = Field(default=FrostSeason(), description="冻害季节")
    balance: Balance = Field(default=Balance(), description="Low-balance reminder")
    prices: Prices = Field(default=Prices(), description="Gas prices")
    opening_fees: OpeningFees = Field(default=OpeningFees(), description="报装费")
    late_fees: LateFees = Field(default=LateFees(), description="滞纳金")
    meter_test: MeterTest = Field(default=MeterTest(), description="气表检测")
    gas_coupons: GasCoupons = Field(default=GasCoupons(), description="瓶装燃气票")
    complaints: Complaints = Field(default=Complaints(), description="Grading of complaints")
    payments: Payments = Field(default=Payments(), description="缴费方式")
    invoices: Invoices = Field(default=Invoices(), description="发票")
    papers: AccountPapers = Field(default=AccountPapers(), description="开户、过户的证件")
    scripts: Scripts = Field(default=Scripts(), description="Standard scripts")
    satisfaction: Satisfaction = Field(default=Satisfaction(), description="The survey after a conversation")
    inspection: Inspection = Field(default=Inspection(), description="Quality inspection (质检)")
    emergency_scripts: EmergencyScripts = Field(default=EmergencyScripts(), description="The emergency dialogue")
    order_scripts: OrderScripts = Field(default=OrderScripts(), description="What customers are told of their orders")
    queue_scripts: QueueScripts = Field(default=QueueScripts(), description="Around the queue")
    channel_scripts: ChannelScripts = Field(default=ChannelScripts(), description="On WeChat, Telegram and the like")

    def fill(self, sentence: str, **values: object) -> str:
        """Complete a sentence of this profile: the common placeholders here, the others (`staff_id`…) from `values`.

        Raises KeyError when a placeholder of the sentence is not given.
        """
        return sentence.format_map({**self._common(), **values})

    def safety_instruction(self, kind: EmergencyKind) -> str:
        """What the customer is told first, complete (S0 泄漏报修)."""
        return self.fill(self.safety.of(kind))

    def safety_answer(self, concern: Concern) -> str:
        """What holds of one thing that is asked about in an emergency, complete."""
        return self.fill(self.safety_answers.on(concern))

    def _common(self) -> dict[str, object]:
        return {
            "company": self.company.name,
            "city": self.company.city,
            "hotline": self.company.hotline,
            "minutes": self.emergencies.arrival_minutes,
            "visit_days": self.working_days.repair_visit,
            "callback_days": self.working_days.callback,
            "complaint_days": self.working_days.complaint,
            "online_hours": self.service.online_hours,
        }
