"""What readers write is kept, without what no document can hold, and never more than allowed."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dashboard.briefing import commentary
from dashboard.briefing.commentary import MOST_CHARACTERS, clean_commentary
from tests.dashboard.briefing.make import HOSTILE


@given(st.text(max_size=3000))
def test_what_is_kept_can_stand_in_any_document(text):
    kept = clean_commentary(text)
    assert len(kept) <= MOST_CHARACTERS
    assert clean_commentary(kept) == kept
    assert not any(
        unicodedata.category(c) in commentary.NEVER or c in commentary.TURNS
        for c in kept.replace("\n", "")
    )


def test_words_and_marks_stay():
    kept = clean_commentary(HOSTILE)
    assert "<script>" in kept
    assert "#panic" in kept
    assert "=HYPERLINK" in kept
    assert "“naïve” café – ½ £5 ≥ 3 Ω ж 中" in kept
    assert "control  and turned back" in kept


def test_empty_lines_are_no_paragraphs():
    assert commentary.split_paragraphs("a\n\nb\n") == ["a", "b"]
