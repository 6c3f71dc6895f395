"""The promises of the service clock: start, keep, break."""
