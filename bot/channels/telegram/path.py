"""Where Telegram brings its updates to."""

PATH = "/channels/telegram"
