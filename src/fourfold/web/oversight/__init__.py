"""The auditor's view: who looked, signals of misuse, the ledger; reads all, known by none."""
