"""The values that everything talks about."""
