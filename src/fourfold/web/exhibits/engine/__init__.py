"""How the workspace runs the engine: the case's facts as case.toml, a queue, a child process."""
