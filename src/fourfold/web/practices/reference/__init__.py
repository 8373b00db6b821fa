"""Reference data of the practice bank."""
