"""Commands of cases for people who run an instance."""
