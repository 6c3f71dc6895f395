"""Rasa: asked over HTTP, supervised as a child process."""
