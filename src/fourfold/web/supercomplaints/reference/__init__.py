"""Reference data of super-complaints, as files."""
