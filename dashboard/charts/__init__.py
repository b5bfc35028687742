"""A model of each chart there is, before it is drawn."""
