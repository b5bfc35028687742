"""A chart or a table drawn: on the screen, as a picture, in office files."""
