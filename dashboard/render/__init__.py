"""One module for each form in which a chart leaves the model."""
