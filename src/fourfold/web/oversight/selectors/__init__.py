"""Reads of the ledger for oversight; what a person may see, the policy says first."""
