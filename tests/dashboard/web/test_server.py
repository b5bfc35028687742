"""The server is ready once it is warm, and sends Streamlit's files compressed."""

import asyncio
import gzip
import json
import tomllib

import pytest
from starlette.requests import Request
from streamlit import config

from dashboard.store import served
from dashboard.web import server


def ask(path, encoding=b"gzip", method="GET"):
    """What the compressing middleware answers; None where it passes the question on."""
    sent = []

    async def onwards(_scope, _receive, _send):
        sent.append(None)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(b"accept-encoding", encoding)],
    }
    asyncio.run(server.Compressed(onwards)(scope, None, send))
    return sent


def a_script():
    return next((server.ROOT / "static" / "js").glob("index.*.js"))


def test_a_script_is_sent_compressed_and_unchanged():
    file = a_script()
    start, body = ask(f"/static/js/{file.name}")
    headers = dict(start["headers"])
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"content-length"] == str(len(body["body"])).encode()
    assert gzip.decompress(body["body"]) == file.read_bytes()


@pytest.mark.parametrize(
    ("path", "encoding", "method"),
    [
        ("/", b"gzip", "GET"),
        ("/static/js/no-such-file.js", b"gzip", "GET"),
        ("/static/../../../app.py", b"gzip", "GET"),
        ("/index.html", b"gzip", "GET"),
        (f"/static/js/{a_script().name}", b"identity", "GET"),
        (f"/static/js/{a_script().name}", b"gzip", "HEAD"),
    ],
)
def test_everything_else_is_passed_on(path, encoding, method):
    assert ask(path, encoding, method) == [None]


def test_it_is_ready_only_once_it_is_warm(monkeypatch):
    monkeypatch.setattr(server, "READY", {"ready": False})
    monkeypatch.setattr(server.serving.memory, "settle", lambda: None)
    monkeypatch.setattr(server.config, "set_option", lambda *option: options.append(option))
    options = []

    async def story():
        before = await server.report_ready(None)
        async with server.warm_up(None):
            return before, await server.report_ready(None)

    before, after = asyncio.run(story())
    assert (before.status_code, after.status_code) == (503, 200)
    assert options == [("runner.postScriptGC", False)]
    assert json.loads(after.body) == {
        "ready": True,
        "build": served.find_current_build().id,
        "refused": None,
    }


def test_a_server_started_in_this_folder_does_not_collect_after_every_run():
    settings = tomllib.loads((server.SCRIPT.parents[2] / ".streamlit/config.toml").read_text())
    assert settings["runner"]["postScriptGC"] is False
    assert "runner.postScriptGC" in config.get_config_options()


def test_it_says_which_build_is_served_and_why_not_another(monkeypatch):
    monkeypatch.setattr(served.SERVING, "refusal", "current.json: found what is no JSON")
    said = json.loads(asyncio.run(server.report_ready(None)).body)
    assert said["refused"] == "current.json: found what is no JSON"
    assert said["build"] == served.SERVING.build.id


def picture(name, **headers):
    """What the server answers who asks for the boundaries of a build."""
    asked = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    scope = {"type": "http", "headers": asked, "path_params": {"build": name}}
    return asyncio.run(server.send_shapes(Request(scope)))


def test_the_boundaries_are_sent_once_compressed_and_kept(build):
    answer = picture(build.id, accept_encoding="gzip, br")
    assert answer.media_type == "image/svg+xml"
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.body) < 30_000
    plain = picture(build.id)
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(answer.body) == plain.body
    again = picture(build.id, if_none_match=answer.headers["etag"])
    assert again.status_code == 304
    assert again.body == b""


@pytest.mark.parametrize("name", ["", "..", "b0", "../../README"])
def test_boundaries_of_no_build_are_not_found(name):
    assert picture(name).status_code == 404


def start(query, scheme="http"):
    """What the address that keeps an area answers."""
    asked = {"type": "http", "method": "GET", "path": "/start", "headers": [], "scheme": scheme}
    place = {"query_string": query.encode(), "server": ("localhost", 80)}
    return asyncio.run(server.keep_area(Request(asked | place)))


def test_an_area_is_kept_for_next_time_and_leads_to_its_page():
    answer = start("area=E10000016")
    assert answer.status_code == 303
    assert answer.headers["location"] == "local-area?area=E10000016"
    kept = answer.headers["set-cookie"].lower()
    assert kept.startswith("area=e10000016;")
    assert {"httponly", "samesite=lax", "max-age=31536000", "path=/"} <= set(kept.split("; "))
    assert "secure" not in kept


def test_the_cookie_is_for_secure_connections_where_there_are_any():
    assert "secure" in start("area=E10000016", "https").headers["set-cookie"].lower()


@pytest.mark.parametrize("code", ["E99", "E92000001", "https://elsewhere.example", "%0d%0aX: 1"])
def test_what_is_no_local_authority_is_not_kept(code):
    answer = start(f"area={code}")
    assert answer.headers["location"] == "./"
    assert "set-cookie" not in answer.headers


def test_an_area_that_was_kept_is_forgotten():
    answer = start("")
    assert answer.headers["location"] == "./"
    assert answer.headers["set-cookie"].startswith('area="";')
    assert "Max-Age=0" in answer.headers["set-cookie"]
