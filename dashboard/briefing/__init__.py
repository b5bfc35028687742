"""Briefings: what a recipe asks for, worked out once and written in four forms."""
