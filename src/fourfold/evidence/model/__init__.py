"""What things are: exhibits, rows, events, findings and the shape of every table."""
