"""The pipeline's regressor: the mean of two random forests with different targets."""

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.ensemble import RandomForestRegressor

# Added to the miles, so that the pace of a very short ride stays finite and moderate.
STANDING_MILES = 0.3


class MinutesAndPace(RegressorMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """The mean of a forest that predicts minutes and one that predicts the logarithm of minutes per mile.

    The first is more accurate for long rides, the second for short or unusual ones, and their errors partly cancel
    (`python -m bench.model` shows each alone). miles_column: the index of the miles in X; n_jobs: threads.
    """

    def __init__(
        self,
        miles_column: int,
        n_estimators: int = 30,
        min_samples_leaf: int = 7,
        max_features: float = 0.4,
        random_state: int = 0,
        n_jobs: int = 1,
    ) -> None:
        self.miles_column = miles_column
        self.n_estimators = n_estimators
        self.min_samples_leaf = min_samples_leaf
        self.max_features = max_features
        self.random_state = random_state
        self.n_jobs = n_jobs

    def fit(self, X: np.ndarray, y: np.ndarray) -> "MinutesAndPace":  # noqa: N803  scikit-learn's name
        """Fit both forests; y is in minutes."""
        self.minutes_ = self._forest().fit(X, y)
        self.pace_ = self._forest().fit(X, np.log(y / self.miles(X)))
        self.feature_importances_ = (self.minutes_.feature_importances_ + self.pace_.feature_importances_) / 2
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        """Predict minutes."""
        # Set here: a loaded model's threads are set through its parameters, and the fitted forests are not among them.
        minutes_forest, pace_forest = (forest.set_params(n_jobs=self.n_jobs) for forest in (self.minutes_, self.pace_))
        # Rows in the same leaf of one tree take similar paths through the others, which the processor's caches reward.
        order = np.argsort(minutes_forest.estimators_[0].apply(X), kind="stable")
        ordered = X[order]
        minutes, pace = minutes_forest.predict(ordered), np.exp(pace_forest.predict(ordered))
        mean = np.empty(len(X))
        mean[order] = (minutes + pace * self.miles(ordered)) / 2
        return mean

    def _forest(self) -> RandomForestRegressor:
        parameters: dict[str, Any] = self.get_params()
        del parameters["miles_column"]
        return RandomForestRegressor(**parameters)

    def miles(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        """The denominator of the pace."""
        miles: np.ndarray = X[:, self.miles_column] + STANDING_MILES
        return miles
