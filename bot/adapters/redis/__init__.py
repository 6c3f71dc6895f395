"""Redis: live frames between replicas."""
