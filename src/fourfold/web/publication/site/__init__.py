"""The public site: one renderer for the pages served live and for the folder of static files."""
