"""What gasdesk is measured by: `make bench`, or `python -m benchmarks --help`."""
