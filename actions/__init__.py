"""Rasa's actions, one file for each business capability: a plain async function and a thin Action class."""
