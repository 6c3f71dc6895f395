"""Rasa's command line, started quickly: `python -m assistant run …` is `python -m rasa run …` without TensorFlow.

With GASDESK_TENSORFLOW=1 the real TensorFlow is loaded, for a config.yml whose components need it.
"""

from assistant.rasa_import import import_rasa

if __name__ == "__main__":
    import_rasa()
    from rasa.__main__ import main

    main()
