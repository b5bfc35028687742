"""What things cost. Nothing here passes or fails: each program prints a table."""
