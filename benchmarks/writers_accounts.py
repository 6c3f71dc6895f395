"""Who writes on each channel, and what gasdesk and the platforms that are played here know of each other."""

from collections.abc import Callable, Mapping

from benchmarks.waiting_customers import on_the_page
from bot.ports import Contact

TELEGRAM_SECRET = "measured"
WECHAT_APP_ID, WECHAT_TOKEN = "wxmeasured", "measured"
WECHAT_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_measured"

#: By channel: the customer of a number.
CONTACTS: Mapping[str, Callable[[int], Contact]] = {
    "web": on_the_page,
    "telegram": lambda number: Contact(f"telegram:{4_200_000 + number}", "telegram"),
    "wechat": lambda number: Contact(f"wechat:oMeasured{number}", "wechat"),
}

#: GASDESK_* without the prefix. Nobody listens at the platforms' addresses: nothing is sent to them.
ENVIRONMENT = {
    "TELEGRAM__TOKEN": "123456:measured",
    "TELEGRAM__SECRET": TELEGRAM_SECRET,
    "TELEGRAM__API_BASE_URL": "http://127.0.0.1:9",
    "WECHAT__APP_ID": WECHAT_APP_ID,
    "WECHAT__APP_SECRET": "measured",
    "WECHAT__TOKEN": WECHAT_TOKEN,
    "WECHAT__AES_KEY": WECHAT_KEY,
    "WECHAT__API_BASE_URL": "http://127.0.0.1:9",
}
