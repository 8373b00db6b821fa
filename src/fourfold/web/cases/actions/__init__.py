"""Writes of cases, by topic: one function, one transaction, one ledger entry."""
