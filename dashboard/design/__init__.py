"""The look of everything: colours, type and spacing."""
