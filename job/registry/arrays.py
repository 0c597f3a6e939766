"""Checks the arrays of a loaded model that compiled code indexes without checking bounds.

A crafted file can hold only trusted types and still make `predict` read outside its arrays or follow a cycle for ever,
which no `except` catches (https://github.com/scikit-learn/scikit-learn/issues/34558).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.dummy import DummyRegressor
from sklearn.ensemble._gb import BaseGradientBoosting
from sklearn.ensemble._hist_gradient_boosting.common import PREDICTOR_RECORD_DTYPE
from sklearn.ensemble._hist_gradient_boosting.gradient_boosting import BaseHistGradientBoosting
from sklearn.ensemble._hist_gradient_boosting.predictor import TreePredictor
from sklearn.svm._base import BaseLibSVM
from sklearn.tree._tree import Tree

LEAF = -1


class Unsound(Exception):
    """The model holds arrays that compiled code cannot use safely."""


def check(estimator: object) -> None:
    """Raise Unsound unless every tree and every sparse matrix in the estimator can be used safely."""
    for part in _parts(estimator):
        if isinstance(part, Tree):
            _check_tree(part)
        elif isinstance(part, BaseGradientBoosting):
            _check_gradient_boosting(part)
        elif isinstance(part, BaseHistGradientBoosting):
            _check_hist_gradient_boosting(part)
        elif isinstance(part, BaseLibSVM):
            raise Unsound(f"{type(part).__name__} predicts with libsvm, which does not check its arrays")
        elif scipy.sparse.issparse(part):
            _check_sparse(part)
        elif isinstance(getattr(part, "tree_", None), Tree):  # last: a crafted file can give any object this attribute
            _check_features(part.tree_, part)


def _parts(root: object) -> Iterator[Any]:
    """Every object that can be reached through attributes and containers, each once."""
    pending, seen = [root], dict[int, object]()  # `seen` keeps the objects alive, so that no id is reused
    while pending:
        part = pending.pop()
        if id(part) in seen:
            continue
        seen[id(part)] = part
        yield part
        pending.extend(getattr(part, "__dict__", {}).values())
        if isinstance(part, dict):
            pending.extend(part.values())
        elif isinstance(part, list | tuple | set | frozenset) or (
            isinstance(part, np.ndarray) and part.dtype.kind == "O"
        ):
            pending.extend(np.ravel(part) if isinstance(part, np.ndarray) else part)


def _check_tree(tree: Any) -> None:
    """A tree's children come after their parent, which excludes cycles, and every index is within its array."""
    if not 0 < tree.node_count <= tree.capacity:  # first: the arrays are views of node_count elements
        raise Unsound(f"a tree claims {tree.node_count} nodes and has {tree.capacity}")
    nodes, values = (tree.__getstate__()[name] for name in ("nodes", "values"))
    left, right = nodes["left_child"], nodes["right_child"]
    inner = left != LEAF
    if ((left == LEAF) != (right == LEAF)).any():
        raise Unsound("a tree has a node with one child")
    _check_children(np.flatnonzero(inner), left[inner], right[inner], len(nodes))
    feature = nodes["feature"][inner]
    if (feature < 0).any() or (feature >= tree.n_features).any():
        raise Unsound(f"a tree splits on a feature that is not one of its {tree.n_features}")
    # A threshold is infinite where a split separates missing values from all others.
    if np.isnan(nodes["threshold"][inner]).any() or not np.isfinite(values).all():
        raise Unsound("a tree has thresholds that are no number, or values that are not finite")


def _check_children(parents: np.ndarray, left: np.ndarray, right: np.ndarray, nodes: int) -> None:
    for child in (left, right):
        if (child <= parents).any() or (child >= nodes).any():
            raise Unsound("a tree has a node whose child is not one of the nodes after it")
    if len(np.unique(np.concatenate([left, right]))) != nodes - 1:
        raise Unsound("a tree has nodes with no parent, or with several")


def _check_gradient_boosting(model: Any) -> None:
    """It adds the k-th tree of each stage to the k-th column of what `init_` predicts, without calling the trees."""
    if not isinstance(model.estimators_, np.ndarray) or model.estimators_.shape[1:] != (1,):
        raise Unsound(f"{type(model).__name__} does not have one tree per stage")
    constant = type(model.init_) is DummyRegressor and model.init_.n_outputs_ == 1
    if not constant and not (model.init_ == "zero" and model.n_trees_per_iteration_ == 1):
        raise Unsound(f"{type(model).__name__} does not begin with one constant, as it does unless `init` is given")
    for tree in np.ravel(model.estimators_):
        _check_features(tree.tree_, model)


def _check_hist_gradient_boosting(model: Any) -> None:
    """It hands its input to its trees as it is, unless it has a preprocessor or claims to be in the middle of `fit`."""
    inputs = getattr(model, "n_features_in_", None)
    if not isinstance(inputs, int) or model._preprocessor is not None or hasattr(model, "_in_fit"):
        raise Unsound(f"{type(model).__name__} has inputs that cannot be checked")
    for tree in _parts(model._predictors):
        if isinstance(tree, TreePredictor):
            _check_predictor(tree, inputs)


def _check_predictor(tree: Any, inputs: int) -> None:
    """Check the same as for other trees. A leaf has numbers of children, too, which mean nothing."""
    nodes = tree.nodes
    if not isinstance(nodes, np.ndarray) or nodes.dtype != PREDICTOR_RECORD_DTYPE or nodes.ndim != 1 or not len(nodes):
        raise Unsound("a tree of histograms has something else than nodes")
    inner = nodes["is_leaf"] == 0
    parents = nodes[inner]
    _check_children(np.flatnonzero(inner), parents["left"], parents["right"], len(nodes))
    if (parents["feature_idx"] < 0).any() or (parents["feature_idx"] >= inputs).any():
        raise Unsound(f"a tree splits on a feature that is not one of its {inputs}")
    if parents["is_categorical"].any():
        raise Unsound("a tree splits by category, which cannot be checked")
    if np.isnan(parents["num_threshold"]).any() or not np.isfinite(nodes["value"]).all():
        raise Unsound("a tree has thresholds that are no number, or values that are not finite")


def _check_features(tree: Any, owner: Any) -> None:
    """The owner compares the input's number of columns with its own number only."""
    expected = getattr(owner, "n_features_in_", None)
    if tree.n_features != expected:
        raise Unsound(f"a tree has {tree.n_features} features where {type(owner).__name__} has {expected}")


def _check_sparse(matrix: Any) -> None:
    if matrix.format not in ("csr", "csc", "bsr"):
        raise Unsound(f"a sparse matrix has the format {matrix.format}, which cannot be checked")
    try:
        matrix.check_format(full_check=True)
    except ValueError as error:
        raise Unsound(f"a sparse matrix is inconsistent: {error}") from error
