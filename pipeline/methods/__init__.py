"""How figures are compared: each method is a pure function whose own words explain it on screen."""
