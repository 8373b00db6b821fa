"""Vague times in plain English ("5ish", "over the weekend of 12 September") as intervals."""
