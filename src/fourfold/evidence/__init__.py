"""The evidence engine: raw files in, a court-ready package out."""
