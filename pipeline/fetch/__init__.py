"""Fetch: bring the publishers' newest files into the folder of raw files, byte for byte."""

from pipeline.fetch.run import Options, Report, Row, fetch
from pipeline.fetch.web import Patience

__all__ = ["Options", "Patience", "Report", "Row", "fetch"]
