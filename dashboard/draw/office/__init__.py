"""Charts in slides and workbooks."""
