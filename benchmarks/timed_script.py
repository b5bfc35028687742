"""What Streamlit runs for each choice, with a clock around it."""

import time

from benchmarks import clock
from dashboard import frame

started = time.thread_time()
try:
    frame.run()
finally:
    clock.RUNS.append(time.thread_time() - started)
