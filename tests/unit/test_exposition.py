"""The text format of Prometheus."""

from job.exposition import Metric, text


def test_each_metric_has_its_type_and_meaning_once() -> None:
    """Samples follow, one per line, with their labels; the text ends with a line feed."""
    rides = Metric("rides_total", "counter", "Rides.", [({"source": "city"}, 2), ({"source": "simulator"}, 0)])
    healthy = Metric("healthy", "gauge", "Health.", [({}, 0.5)])
    assert text([rides, healthy]) == (
        "# HELP rides_total Rides.\n# TYPE rides_total counter\n"
        'rides_total{source="city"} 2\nrides_total{source="simulator"} 0\n'
        "# HELP healthy Health.\n# TYPE healthy gauge\nhealthy 0.5\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    """A metric without values has no lines at all."""
    assert text([Metric("age", "gauge", "Age.", [({}, None)]), Metric("none", "gauge", "None.", [])]) == ""


def test_labels_are_escaped() -> None:
    """A quotation mark, a backslash and a line feed are written as escape sequences."""
    labels = {"name": 'a "b"\\c\nd'}
    assert text([Metric("info", "gauge", "Info.", [(labels, 1)])]).endswith('info{name="a \\"b\\"\\\\c\\nd"} 1\n')
