"""The script Streamlit runs for every reader and every choice."""

from dashboard.web import chrome

chrome.run()
