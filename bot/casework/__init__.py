"""Work orders after they were filed: handling, dispatch to field units, results, reminders (S0 派单业务; S3)."""
