"""Each method against an implementation that is not ours."""
