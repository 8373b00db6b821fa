"""The parts of the WhatsApp text reader: header lines, dates, WhatsApp's own words, one chat."""
