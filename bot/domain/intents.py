"""What the assistant's intents are called in front of staff. The names themselves are fixed (Rasa's)."""

from collections.abc import Mapping

LABELS = {
    "ask_startup_requirements": "点火开通",
    "ask_supply_coverage": "是否通气",
    "open_account": "开户报装",
    "ask_opening_fee": "报装费、预存",
    "transfer_ownership": "过户",
    "ask_gas_price": "气价",
    "pay_bill": "缴费方式",
    "query_balance": "查余额、欠费",
    "ask_late_fee": "滞纳金",
    "report_meter_reading": "报表数",
    "ask_reading_methods": "怎样报数",
    "dispute_bill": "费用有疑问",
    "request_meter_test": "校表",
    "ask_ic_card_use": "IC卡使用",
    "report_ic_card_lost": "IC卡丢失或损坏",
    "report_meter_fault": "表具故障",
    "ask_meter_battery": "表电池",
    "report_leak": "报漏气",
    "report_co_poisoning": "一氧化碳中毒",
    "report_fire": "着火、爆炸",
    "ask_leak_safety": "用气安全",
    "report_no_gas": "没有气",
    "ask_outage": "停气查询",
    "ask_water_heater_conversion": "热水器改装",
    "ask_pipe_modification": "管道改装",
    "ask_hose_replacement": "换软管",
    "request_safety_inspection": "安检",
    "request_repair": "报修",
    "query_work_order": "查工单进度",
    "make_complaint": "投诉",
    "make_suggestion": "建议",
    "praise": "表扬",
    "request_callback": "要求回电",
    "request_human": "要求人工",
    "request_leader": "要求领导",
    "ask_agent_identity": "问客服身份",
    "ask_service_hours": "营业厅、时间、电话",
    "ask_invoice": "发票",
    "ask_gas_coupon": "燃气票",
    "update_contact_info": "更改联系方式",
    "greet": "问候",
    "goodbye": "告别",
    "thank": "感谢",
    "affirm": "肯定",
    "deny": "否定",
    "out_of_scope": "非燃气业务",
    "nlu_fallback": "没有听懂",
}


#: Of the intents a company added itself (data/intents.yml); told once at the start, and when one is added.
_own: dict[str, str] = {}


def use_own_labels(labels: Mapping[str, str]) -> None:
    """From now on these are the company's own intents."""
    _own.clear()
    _own.update(labels)


def own_labels() -> Mapping[str, str]:
    return dict(_own)


def label(intent: str) -> str:
    """The Chinese name."""
    return LABELS.get(intent) or _own.get(intent, intent)
