"""Gasdesk: a gas company's online customer service."""
