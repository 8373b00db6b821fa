"""Take in: a file becomes an exhibit."""
