from __future__ import annotations

from application.recognition.vocabulary import meanings_of_phrases


def test_no_phrase_means_two_things():
    assert {phrase: meanings for phrase, meanings in meanings_of_phrases().items() if len(meanings) > 1} == {}
