"""Work orders, readings, callbacks: what a conversation leaves behind."""
