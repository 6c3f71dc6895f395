"""Who writes on each channel, and what gasdesk and the platforms that are played here know of each other."""

from collections.abc import Callable, Mapping

from benchmarks.waiting_customers import on_the_page
from bot.ports import Contact

TELEGRAM_SECRET = "measured"
WECHAT_APP_ID, WECHAT_TOKEN = "wxmeasured", "measured"
WECHAT_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_measured"

KF_CORP_ID, KF_TOKEN, KF_ACCOUNT = "wwmeasured", "measured", "wkMeasured"
#: Of the enterprise; 微信客服 is asked here for what there is.
KF_KEY, KF_PORT = WECHAT_KEY, 29_471

#: By channel: the customer of a number.
CONTACTS: Mapping[str, Callable[[int], Contact]] = {
    "web": on_the_page,
    "telegram": lambda number: Contact(f"telegram:{4_200_000 + number}", "telegram"),
    "wechat": lambda number: Contact(f"wechat:oMeasured{number}", "wechat"),
    "wechat_kf": lambda number: Contact(f"wechat_kf:{KF_ACCOUNT}:wmMeasured{number}", "wechat_kf"),
}

#: GASDESK_* without the prefix. Nobody listens at the others' addresses: nothing is sent to them.
ENVIRONMENT = {
    "TELEGRAM__TOKEN": "123456:measured",
    "TELEGRAM__SECRET": TELEGRAM_SECRET,
    "TELEGRAM__API_BASE_URL": "http://127.0.0.1:9",
    "WECHAT__APP_ID": WECHAT_APP_ID,
    "WECHAT__APP_SECRET": "measured",
    "WECHAT__TOKEN": WECHAT_TOKEN,
    "WECHAT__AES_KEY": WECHAT_KEY,
    "WECHAT__API_BASE_URL": "http://127.0.0.1:9",
    "WECHAT_KF__CORP_ID": KF_CORP_ID,
    "WECHAT_KF__SECRET": "measured",
    "WECHAT_KF__TOKEN": KF_TOKEN,
    "WECHAT_KF__AES_KEY": KF_KEY,
    "WECHAT_KF__OPEN_KFID": KF_ACCOUNT,
    "WECHAT_KF__API_BASE_URL": f"http://127.0.0.1:{KF_PORT}",
}
