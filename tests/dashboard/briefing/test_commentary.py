"""What readers write is kept, without what no document can hold, and never more than allowed."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.briefing import commentary
from dashboard.briefing.commentary import MOST_BYTES, MOST_CHARACTERS, clean, load, save
from tests.dashboard.briefing.make import HOSTILE


@given(st.text(max_size=3000))
def test_what_is_kept_can_stand_in_any_document(text):
    kept = clean(text)
    assert len(kept) <= MOST_CHARACTERS
    assert clean(kept) == kept
    assert not any(
        unicodedata.category(c) in commentary.NEVER or c in commentary.TURNS
        for c in kept.replace("\n", "")
    )


def test_words_and_marks_stay():
    kept = clean(HOSTILE)
    assert "<script>" in kept
    assert "#panic" in kept
    assert "=HYPERLINK" in kept
    assert "“naïve” café – ½ £5 ≥ 3 Ω ж 中" in kept
    assert "control  and turned back" in kept


@given(st.dictionaries(st.sampled_from(["plans", "opening", "on_time"]), st.text(max_size=200)))
def test_what_is_saved_is_loaded(texts):
    wanted = {section: clean(text) for section, text in texts.items()}
    kept = load(save("E10000016", "board", wanted), "E10000016", "board")
    assert kept == {section: text for section, text in wanted.items() if text}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "cannot be read"),
        (b"[" * 5000, "cannot be read"),
        (b"[]", "not commentary that was saved here"),
        (b'{"kind": "other"}', "not commentary that was saved here"),
        (save("E06000035", "board", {}), "another local authority"),
        (save("E10000016", "scrutiny", {}), "another briefing"),
        (b" " * (MOST_BYTES + 1), "too large"),
    ],
)
def test_another_file_is_refused_with_its_reason(content, said):
    with pytest.raises(ValueError, match=said):
        load(content, "E10000016", "board")


def test_damaged_commentary_is_refused():
    given_ = json.loads(save("E10000016", "board", {})) | {"commentary": {"plans": 5}}
    with pytest.raises(ValueError, match="damaged"):
        load(json.dumps(given_).encode(), "E10000016", "board")


def test_empty_lines_are_no_paragraphs():
    assert commentary.paragraphs("a\n\nb\n") == ["a", "b"]
