"""The script Streamlit runs for every reader and every choice."""

from dashboard import frame

frame.run()
