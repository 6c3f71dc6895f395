"""Of how many of the new conversations a model gets, in percent."""

#: On trial.
LEAST_SHARE, MOST_SHARE = 5, 50
WHOLE = 100
