"""SQLAlchemy on SQLite and PostgreSQL: one code, two databases."""
