from datetime import UTC, datetime, timedelta

import pytest
from loopback import Reply, serve

from tallyman.fetch import Fetcher
from tallyman.model import TallymanError

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def waits():
    return []


def fetcher(waits, **settings):
    return Fetcher(now=NOW, pause=0, wait=waits.append, **settings)


def test_an_answer_comes_as_it_was_sent(waits):
    with serve([Reply(body=b'{"a": 1}')]) as server, fetcher(waits) as fetch:
        answer = fetch.get(
            server.url, query={"period": "2021,2022"}, headers={"Ocp-Apim-Subscription-Key": "secret"}
        )
        assert (answer.body, answer.media_type, answer.retrieved_at) == (b'{"a": 1}', "application/json", NOW)
        assert server.requests[0].path.endswith("?period=2021%2C2022")
        assert server.requests[0].headers["Ocp-Apim-Subscription-Key"] == "secret"
        assert "secret" not in answer.url


def test_the_server_decides_how_long_to_wait(waits):
    replies = [
        Reply(status=429, headers={"Retry-After": "7"}),
        Reply(
            status=503,
            headers={"Retry-After": "Fri, 01 Mar 2024 12:00:30 GMT", "Date": "Fri, 01 Mar 2024 12:00:00 GMT"},
        ),
        Reply(status=500),
        Reply(body=b"{}"),
    ]
    with serve(replies) as server, fetcher(waits) as fetch:
        assert fetch.get(server.url).body == b"{}"
    assert waits == [7, 30, 4]


def test_a_long_wait_is_refused_at_once(waits):
    with (
        serve([Reply(status=429, headers={"Retry-After": "3600"})]) as server,
        fetcher(waits) as fetch,
        pytest.raises(TallymanError, match="asks to wait 3600 seconds"),
    ):
        fetch.get(server.url)
    assert waits == []


def test_a_broken_connection_is_tried_again_then_told(waits):
    with serve([Reply(body=b'{"half', cut=True), Reply(body=b"{}")]) as server, fetcher(waits) as fetch:
        assert fetch.get(server.url).body == b"{}"
    with (
        serve([Reply(cut=True)] * 5) as server,
        fetcher(waits) as fetch,
        pytest.raises(TallymanError, match=r"the connection broke .*5 times"),
    ):
        fetch.get(server.url)


def test_a_refusal_is_not_repeated(waits):
    with (
        serve([Reply(status=401, body=b"Access denied due to missing subscription key")]) as server,
        fetcher(waits) as fetch,
        pytest.raises(TallymanError, match="401: Access denied due to missing subscription key"),
    ):
        fetch.get(server.url)
    assert len(server.requests) == 1


def test_what_was_kept_is_not_asked_again_until_it_is_old(tmp_path):
    with serve([Reply(body=b"1"), Reply(body=b"2")]) as server:
        for later, expected in [(0, b"1"), (23, b"1"), (25, b"2")]:
            with Fetcher(now=NOW + timedelta(hours=later), cache=tmp_path, pause=0) as fetch:
                assert fetch.get(server.url).body == expected
        assert len(server.requests) == 2


def test_a_damaged_kept_answer_is_asked_again(waits, tmp_path):
    with serve([Reply(body=b"1"), Reply(body=b"2")]) as server, fetcher(waits, cache=tmp_path) as fetch:
        fetch.get(server.url)
        (kept,) = tmp_path.iterdir()
        kept.write_bytes(kept.read_bytes()[:10])
        assert fetch.get(server.url).body == b"2"


def test_requests_to_one_host_keep_their_distance():
    waits = []
    with serve([Reply(), Reply()]) as server, Fetcher(now=NOW, pause=5, wait=waits.append) as fetch:
        fetch.get(server.url)
        fetch.get(server.url)
    (left,) = waits
    assert 4 < left <= 5


def test_only_the_web(waits):
    with fetcher(waits) as fetch, pytest.raises(TallymanError, match="not an address of the web"):
        fetch.get("file:///etc/passwd")


def test_a_key_is_never_carried_to_another_place(waits):
    with serve([Reply(body=b"elsewhere")]) as other, serve() as server, fetcher(waits) as fetch:
        away = Reply(status=302, headers={"Location": other.url})
        server.waiting.extend([away, away])
        assert fetch.get(server.url).body == b"elsewhere"
        with pytest.raises(TallymanError, match="302"):
            fetch.get(server.url, headers={"Ocp-Apim-Subscription-Key": "secret"})
        assert len(other.requests) == 1


def test_an_unusable_answer_can_be_forgotten(waits, tmp_path):
    with serve([Reply(body=b"1"), Reply(body=b"2")]) as server, fetcher(waits, cache=tmp_path) as fetch:
        fetch.forget(fetch.get(server.url))
        assert fetch.get(server.url).body == b"2"
