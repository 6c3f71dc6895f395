"""How staff speak to customers: what a reply must not hold."""
