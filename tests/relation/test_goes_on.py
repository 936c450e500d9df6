"""Two texts have a passage in common where it goes on from one fingerprint to the next, and not where the same words are all they have."""

import numpy as np

from tasks.relation.alignment import goes_on

HERE = [10, 100]  # where two fingerprints stand in the one text
THERE = {"the same passage": [510, 600], "with a line pushed in": [510, 630], "another order": [900, 20], "far apart": [5, 300]}


def test_a_passage_goes_on_where_two_fingerprints_stand_as_far_apart_in_both_texts():
    owners, stands = np.repeat(np.arange(len(THERE)), 2), np.concatenate(list(THERE.values()))
    found = goes_on(owners, np.array(HERE * len(THERE)), stands)
    assert dict(zip(THERE, found.tolist(), strict=True)) == {
        "the same passage": True, "with a line pushed in": True, "another order": False, "far apart": False,
    }  # fmt: skip


def test_of_a_text_with_one_fingerprint_nothing_is_told():
    assert not goes_on(np.array([0, 1]), np.array([10, 100]), np.array([10, 100])).any()
