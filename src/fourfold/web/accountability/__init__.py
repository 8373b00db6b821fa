"""The ledger: every act and every look."""
