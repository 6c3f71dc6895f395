"""How well the assistant understands, and what becomes of real conversations as examples."""
