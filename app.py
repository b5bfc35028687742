"""The application a server runs: `streamlit run app.py`, or `uvicorn app:app`."""

import streamlit as st

from dashboard.web import server

app = st.App(
    server.SCRIPT, lifespan=server.warm_up, routes=server.ROUTES, middleware=server.MIDDLEWARE
)
