"""Super-complaints: organisations, designation, complaint, investigation, report."""
