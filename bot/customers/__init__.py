"""The customer behind the conversations: his card, masked data, tags, history, search, linked channels."""
