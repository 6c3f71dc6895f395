"""The company profile: every number and name of the business, as read from company.yml."""

from bot.domain.company.base import Hours, Settings
from bot.domain.company.channel_scripts import ChannelScripts
from bot.domain.company.complaints import Complaints
from bot.domain.company.contact import FieldUnit, FieldUnits, Hall, Identity
from bot.domain.company.dialogues import EmergencyScripts, QueueScripts
from bot.domain.company.household import CardMeters, FrostSeason, Hoses, PipeRefit, Rate
from bot.domain.company.inspection import Band, Criterion, Inspection
from bot.domain.company.linking import Linking
from bot.domain.company.money import AccountPapers, Invoices, Payments, PaymentWay
from bot.domain.company.profile import CompanyProfile
from bot.domain.company.promises import Desk, Service, Sla, WorkingDays
from bot.domain.company.safety import SafetyAnswers, SafetyInstructions
from bot.domain.company.scripts import Scripts
from bot.domain.company.services import Emergencies, Readings, ReadingWay, SafetyChecks, StartUp, WaterHeater
from bot.domain.company.staffing import SkillGroup, Staffing
from bot.domain.company.tariff import Balance, GasCoupons, LateFees, MeterTest, OpeningFees, Prices, PriceTier

__all__ = [
    "AccountPapers",
    "Balance",
    "Band",
    "CardMeters",
    "ChannelScripts",
    "CompanyProfile",
    "Complaints",
    "Criterion",
    "Desk",
    "Emergencies",
    "EmergencyScripts",
    "FieldUnit",
    "FieldUnits",
    "FrostSeason",
    "GasCoupons",
    "Hall",
    "Hoses",
    "Hours",
    "Identity",
    "Inspection",
    "Invoices",
    "LateFees",
    "Linking",
    "MeterTest",
    "OpeningFees",
    "PaymentWay",
    "Payments",
    "PipeRefit",
    "PriceTier",
    "Prices",
    "QueueScripts",
    "Rate",
    "ReadingWay",
    "Readings",
    "SafetyAnswers",
    "SafetyChecks",
    "SafetyInstructions",
    "Scripts",
    "Service",
    "Settings",
    "SkillGroup",
    "Sla",
    "Staffing",
    "StartUp",
    "WaterHeater",
    "WorkingDays",
]
