"""Models whose arrays would make compiled code read outside them, or loop, are recognized before they predict."""

from collections.abc import Callable

import numpy as np
import pytest
import scipy.sparse
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVR

from job.registry import arrays

RANDOM = np.random.default_rng(1)
INPUTS = RANDOM.random((200, 3))
MINUTES = INPUTS.sum(axis=1)


def forest() -> RandomForestRegressor:
    """Two small trees."""
    return RandomForestRegressor(2, random_state=1).fit(INPUTS, MINUTES)


def altered(change: Callable[[np.ndarray], None]) -> RandomForestRegressor:
    """A forest with changed nodes in its last tree."""
    model = forest()
    tree = model.estimators_[1].tree_
    state = tree.__getstate__()
    state["nodes"] = state["nodes"].copy()
    change(state["nodes"])
    tree.__setstate__(state)
    return model


def assign(field: str, node: int, value: float) -> Callable[[np.ndarray], None]:
    """Assign a value to a field of a node."""

    def change(nodes: np.ndarray) -> None:
        nodes[field][node] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (assign("left_child", 0, 2**40), "not one of the nodes after it"),
        (assign("right_child", 0, 2**40), "not one of the nodes after it"),
        (assign("left_child", 1, 0), "not one of the nodes after it"),
        (assign("left_child", 0, 0), "not one of the nodes after it"),
        (assign("right_child", 0, -5), "not one of the nodes after it"),
        (assign("left_child", 0, -1), "one child"),
        (assign("right_child", 0, 1), "no parent, or with several"),
        (assign("feature", 0, 3), "not one of its 3"),
        (assign("feature", 0, -2), "not one of its 3"),
        (assign("threshold", 0, np.nan), "no number"),
    ],
)
def test_a_tree_that_points_outside_its_arrays_is_unsound(change: Callable[[np.ndarray], None], words: str) -> None:
    """Children, features and thresholds of every tree are checked, wherever in the model it is."""
    with pytest.raises(arrays.Unsound, match=words):
        arrays.check(make_pipeline(StandardScaler(), altered(change)))


def test_a_tree_that_claims_more_nodes_than_it_has_is_unsound() -> None:
    """The number of nodes is compared with their array, before the array is read."""
    model = forest()
    tree = model.estimators_[0].tree_
    tree.__setstate__(tree.__getstate__() | {"node_count": 10**9})
    with pytest.raises(arrays.Unsound, match="claims 1000000000 nodes"):
        arrays.check(model)


def test_values_that_are_not_finite_are_unsound() -> None:
    """A tree whose leaves hold NaN is refused before it predicts."""
    model = forest()
    tree = model.estimators_[0].tree_
    state = tree.__getstate__()
    tree.__setstate__(state | {"values": np.full_like(state["values"], np.nan)})
    with pytest.raises(arrays.Unsound, match="not finite"):
        arrays.check(model)


@pytest.mark.parametrize("model", [forest(), GradientBoostingRegressor(n_estimators=2).fit(INPUTS, MINUTES)])
def test_a_model_of_fewer_inputs_than_its_trees_is_unsound(
    model: RandomForestRegressor | GradientBoostingRegressor,
) -> None:
    """The number of inputs that scikit-learn compares is the one that the trees were grown with."""
    arrays.check(model)
    for part in (model, *np.ravel(model.estimators_)):
        part.n_features_in_ = 1
    with pytest.raises(arrays.Unsound, match="has 3 features where"):
        arrays.check(model)


def test_trees_that_split_off_missing_values_are_sound() -> None:
    """scikit-learn writes an infinite threshold where only missing values go to one side."""
    inputs = INPUTS.copy()
    inputs[::3, 0] = np.nan
    arrays.check(RandomForestRegressor(20, random_state=1).fit(inputs, np.isnan(inputs[:, 0]).astype(float)))


def test_sparse_matrices_are_checked() -> None:
    """Indices of a sparse matrix outside its shape are noticed, and formats that cannot be checked are refused."""
    model = LinearRegression().fit(INPUTS, MINUTES)
    model.coef_ = scipy.sparse.csr_matrix(np.eye(2))
    arrays.check(model)
    model.coef_.indices[0] = 10**6
    with pytest.raises(arrays.Unsound, match="sparse matrix is inconsistent"):
        arrays.check(model)
    model.coef_ = scipy.sparse.coo_matrix(np.eye(2))
    with pytest.raises(arrays.Unsound, match="cannot be checked"):
        arrays.check(model)


def test_support_vector_machines_are_refused() -> None:
    """Libsvm reads as many support vectors as the file claims."""
    with pytest.raises(arrays.Unsound, match="libsvm"):
        arrays.check(make_pipeline(SVR().fit(INPUTS, MINUTES)))


def boosted() -> GradientBoostingRegressor:
    """Two trees, one after the other."""
    return GradientBoostingRegressor(n_estimators=2).fit(INPUTS, MINUTES)


def test_gradient_boosting_with_columns_that_its_result_lacks_is_unsound() -> None:
    """The k-th tree of a stage is added to the k-th column of the first prediction, which has one column."""
    model = boosted()
    model.estimators_ = np.repeat(model.estimators_, 2, axis=1)
    with pytest.raises(arrays.Unsound, match="one tree per stage"):
        arrays.check(model)


@pytest.mark.parametrize(
    "first", [LinearRegression().fit(INPUTS, MINUTES), DummyRegressor().fit(INPUTS, INPUTS), "zero"]
)
def test_gradient_boosting_that_begins_with_something_else_is_unsound(first: object) -> None:
    """The prediction that the trees are added to must have a row for each ride and one column."""
    model = boosted()
    model.n_trees_per_iteration_ = 0
    model.init_ = first
    with pytest.raises(arrays.Unsound, match="does not begin with one constant"):
        arrays.check(model)


def test_another_attribute_does_not_replace_the_check_of_an_estimator() -> None:
    """A crafted file can give any object the `tree_` of a decision tree."""
    for model in (boosted(), SVR().fit(INPUTS, MINUTES)):
        model.tree_ = forest().estimators_[0].tree_
        if isinstance(model, GradientBoostingRegressor):
            model.estimators_ = np.repeat(model.estimators_, 2, axis=1)
        with pytest.raises(arrays.Unsound, match=r"one tree per stage|libsvm"):
            arrays.check(model)


def histograms() -> HistGradientBoostingRegressor:
    """Two trees of histograms."""
    return HistGradientBoostingRegressor(max_iter=2).fit(INPUTS, MINUTES)


@pytest.mark.parametrize("loss", ["squared_error", "absolute_error", "gamma", "poisson"])
def test_boosting_by_histograms_is_sound(loss: str) -> None:
    """Whatever its loss, with missing values and within a pipeline."""
    inputs = INPUTS.copy()
    inputs[::3, 0] = np.nan
    minutes = MINUTES + 10 * np.isnan(inputs[:, 0])
    model = HistGradientBoostingRegressor(loss=loss, max_iter=5)
    arrays.check(make_pipeline(StandardScaler(), model).fit(inputs, minutes))
    arrays.check(HistGradientBoostingRegressor(max_iter=2).fit(INPUTS, np.ones(200)))  # trees of a single leaf


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (assign("left", 0, 2**31), "not one of the nodes after it"),
        (assign("right", 0, 2**31), "not one of the nodes after it"),
        (assign("left", 1, 0), "not one of the nodes after it"),
        (assign("right", 0, 1), "no parent, or with several"),
        (assign("feature_idx", 0, 3), "not one of its 3"),
        (assign("feature_idx", 0, -2), "not one of its 3"),
        (assign("is_categorical", 0, 1), "by category"),
        (assign("num_threshold", 0, np.nan), "no number"),
        (assign("value", -1, np.inf), "not finite"),
    ],
)
def test_a_tree_of_histograms_that_points_outside_its_arrays_is_unsound(
    change: Callable[[np.ndarray], None], words: str
) -> None:
    """Children, features, thresholds and values of every tree are checked, wherever in the model it is."""
    model = histograms()
    change(model._predictors[1][0].nodes)
    with pytest.raises(arrays.Unsound, match=words):
        arrays.check(make_pipeline(StandardScaler(), model))


@pytest.mark.parametrize("nodes", [np.empty(0), histograms()._predictors[0][0].nodes[:0], [1, 2]])
def test_a_tree_of_histograms_without_nodes_is_unsound(nodes: object) -> None:
    """Prediction begins with the first node."""
    model = histograms()
    model._predictors[0][0].nodes = nodes
    with pytest.raises(arrays.Unsound, match="something else than nodes"):
        arrays.check(model)


@pytest.mark.parametrize(
    ("name", "value"), [("n_features_in_", None), ("_preprocessor", StandardScaler()), ("_in_fit", 1)]
)
def test_boosting_by_histograms_with_inputs_that_nothing_checks_is_unsound(name: str, value: object) -> None:
    """Without its number of inputs, with a preprocessor, or as if it were being fitted, its input is not checked."""
    model = histograms()
    setattr(model, name, value)
    with pytest.raises(arrays.Unsound, match="inputs that cannot be checked"):
        arrays.check(model)
