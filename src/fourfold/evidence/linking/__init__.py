"""Link: whose identifier it is, and which records state one happening."""
