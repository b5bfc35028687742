"""What a reader sees: the frame, the questions, the charts, the tables and the words."""
