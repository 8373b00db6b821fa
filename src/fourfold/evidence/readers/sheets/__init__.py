"""Tables of one record per row (CSV, XLSX), read by format packs: data, not code."""
