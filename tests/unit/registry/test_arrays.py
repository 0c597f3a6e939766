"""Models whose arrays would make compiled code read outside them, or loop, are recognized before they predict."""

from collections.abc import Callable

import numpy as np
import pytest
import scipy.sparse
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
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
    ("change", "said"),
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
def test_a_tree_that_points_outside_its_arrays_is_unsound(change: Callable[[np.ndarray], None], said: str) -> None:
    """Children, features and thresholds of every tree are checked, wherever in the model it is."""
    with pytest.raises(arrays.Unsound, match=said):
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
