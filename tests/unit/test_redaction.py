"""Passwords and tokens are removed from text, and nothing else is."""

import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from job import redaction
from job.errors import JobError, sentence
from job.redaction import redacted

SECRET = "canary-8b1f/7!"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://user:SECRET@host:5000/path", "http://***@host:5000/path"),
        ("postgresql+psycopg2://user:SE@CR@ET@host/db: refused", "postgresql+psycopg2://***@host/db: refused"),
        ("https://SECRET@host", "https://***@host"),
        ("http://user:SE/CR?E#T@host/path, then", "http://***@host/path, then"),
        ("http://user:SECRET%40x%2F@host/", "http://***@host/"),
        ("two: http://a:SECRET@h,http://b:SECRET@i", "two: http://***@h,http://***@i"),
        ("?uri=postgresql%3A%2F%2Fuser%3ASECRET%40host", "?uri=postgresql%3A%2F%2F***%40host"),
        ("postgresql://host/db?password=SECRET&user=me", "postgresql://host/db?password=***&user=me"),
        ("/a.json?$$app_token=SECRET&$limit=5", "/a.json?$$app_token=***&$limit=5"),
        ("/a.json?%24%24app_token=SECRET", "/a.json?%24%24app_token=***"),
        ("with url: /a?access_token=SECRET (Caused by it)", "with url: /a?access_token=*** (Caused by it)"),
        ("(http://host/a?api_key=SECRET)", "(http://host/a?api_key=***)"),
        ("X-Amz-Credential=SECRET&X-Amz-Signature=SECRET&b=1", "X-Amz-Credential=***&X-Amz-Signature=***&b=1"),
        ("host=h password=SECRET&x dbname=d", "host=h password=*** dbname=d"),
        (r"password = 'SECRET \' more' host=h", "password = *** host=h"),
        (repr(r"password='SECRET \' more' host=h"), '"password=*** host=h"'),
        (repr("""password='SECRET' user="me" """), """'password=*** user="me" '"""),
        ("{'X-App-Token': 'SECRET', 'Accept': '*'}", "{'X-App-Token': ***, 'Accept': '*'}"),
        ("{b'X-App-Token': b'SECRET'}", "{b'X-App-Token': ***}"),
        ('{"password": "SECRET \\" more", "a": 1}', '{"password": ***, "a": 1}'),
        ("X-App-Token: SECRET", "X-App-Token: ***"),
        ("Authorization: Bearer SECRET", "Authorization: ***"),
        ("authorization: Basic SECRET==\nhost: h", "authorization: ***\nhost: h"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str, shown: str) -> None:
    """Addresses, queries, conninfo strings and headers keep everything else."""
    assert redacted(text.replace("SECRET", SECRET.replace("/", "-"))) == shown


@pytest.mark.parametrize(
    "text",
    [
        "http://host:5000/path@x?to=me@example.org",
        "http://[::1]:5000/a@b",
        "sqlite:////home/me@work/mlflow.db",
        "models:/chicago-taxi-duration@production",
        'FATAL: password authentication failed for user "taxi_writer"',
        "Check PGUSER and PGPASSWORD or PGPASSFILE",
        "check CITY_APP_TOKEN, or the address's user",
        "write to me@example.org",
    ],
)
def test_everything_else_stays(text: str) -> None:
    """No host, path, file, model or advice is hidden."""
    assert redacted(text) == text


@pytest.mark.parametrize(
    "name",
    ["PGPASSWORD", "CITY_APP_TOKEN", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN", "AWS_SECRET_ACCESS_KEY"],
)
@pytest.mark.parametrize("write", [str, repr, json.dumps, quote, quote_plus, lambda text: quote(text, safe="")])
def test_the_settings_that_are_secret(monkeypatch: pytest.MonkeyPatch, name: str, write: Callable[[str], str]) -> None:
    """They are hidden however they are written."""
    secret = 'cañary "8b1f"\\/x'
    monkeypatch.setenv(name, secret)
    shown = redacted(f"said {write(secret)}, no")
    assert "8b1f" not in shown
    assert shown.startswith("said ")
    assert shown.endswith(", no")


@given(password=st.text(st.characters(codec="utf-8", exclude_characters="\0 "), min_size=12))
def test_any_password_of_an_address_in_the_environment(password: str) -> None:
    """It is hidden in every text, even outside an address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLFLOW_TRACKING_URI", f"http://user:{quote(password, safe='')}@host")
        text = f"one {password} two {quote(password, safe='')} three {password!r} four"
        assert redacted(text).count("***") >= 3
        assert redacted(f"one {password} two") == "one *** two"


@pytest.mark.parametrize("password", ["p/a?s#s:w@rd", "12/34@56", "pass word", "x%2Fy%40z"])
def test_odd_passwords_in_the_tracking_uri(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """The password is hidden as it was written, even if that makes the address invalid."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"postgresql://user:{password}@host/db")
    assert password not in redacted(f"the registry postgresql://user:{password}@host/db does not answer: {password}")


def test_a_short_secret_is_only_hidden_as_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that contain a weak password stay intact, and a secret of three characters is not hidden."""
    monkeypatch.setenv("PGPASSWORD", "taxi")
    monkeypatch.setenv("CITY_APP_TOKEN", "abc")
    assert redacted("taxi_writer said taxi to abc\\ntaxi") == "taxi_writer said *** to abc\\n***"


def test_the_address_of_a_ping_is_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever knows it can report successes."""
    monkeypatch.setenv("PING_URL", "https://hc.example/8b1f-canary")
    assert redacted("url: /8b1f-canary, https://hc.example/8b1f-canary.") == "url: /***, ***."


def test_every_text_of_a_value() -> None:
    """Texts inside containers are redacted; numbers and None are unchanged."""
    value = {"a": ["http://u:SECRET@h", 1, None], "b": ("token=SECRET",)}
    assert redaction.everywhere(value) == {"a": ["http://***@h", 1, None], "b": ["token=***"]}


def test_an_error_has_no_secrets() -> None:
    """The message of an error is redacted before anything prints or records it."""
    error = JobError("the registry http://user:SECRET@host is away")
    assert str(error) == sentence(error) == "the registry http://***@host is away"
