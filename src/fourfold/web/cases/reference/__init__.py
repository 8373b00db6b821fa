"""Reference data of the law, dated, each line with its source."""
