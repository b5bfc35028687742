"""What each run of the dashboard's script took, shared by the script and the server around it."""

RUNS: list[float] = []
