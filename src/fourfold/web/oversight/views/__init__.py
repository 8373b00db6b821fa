"""Pages of oversight: signals, the ledger, who looked at a case."""
