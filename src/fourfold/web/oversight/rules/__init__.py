"""Signs of misuse: pure rules over lines of the ledger; no database, no clock, no score."""
