"""What the commands of the command line do; `bot/cli.py` loads each when it is called."""
