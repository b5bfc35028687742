"""How each kind of chart is drawn on matplotlib's axes; sizes are inches and points."""
