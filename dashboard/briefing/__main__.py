"""python -m dashboard.briefing: see batch.py."""

from dashboard.briefing.batch import main

if __name__ == "__main__":
    main()
