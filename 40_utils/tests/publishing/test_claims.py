"""One publisher at a time; what two of them do to each other is tried in 50_test."""

from mangetamain_data_utils.publishing import claims, store

ATTEMPTS = 2  # of a request: boto3 tries again once


def test_the_last_request_of_a_claim_ends_before_others_take_its_owner_for_dead() -> None:
    longest = ATTEMPTS * (store.CONNECT_TIMEOUT_SECONDS + store.READ_TIMEOUT_SECONDS)
    assert claims.ACTS_WITHIN_SECONDS + longest < claims.LIFETIME.total_seconds()
