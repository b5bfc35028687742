"""What Streamlit runs for each choice, with a clock around it."""

import time

from benchmarks import clock
from dashboard.web import chrome

started = time.thread_time()
try:
    chrome.run()
finally:
    clock.RUNS.append(time.thread_time() - started)
