"""The regressor inside the pipeline: two random forests that look at a ride in two ways."""

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.ensemble import RandomForestRegressor

# Added to the miles, so that the pace of a ride around the corner stays within bounds.
STANDING_MILES = 0.3


class MinutesAndPace(RegressorMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """The mean of a forest that learns minutes and one that learns the logarithm of minutes per mile.

    Minutes are steady where rides are long, pace where they are short or unusual; the errors of the two partly cancel
    (`python -m bench.model` shows each alone). `miles_column` is where the miles stand in X; n_jobs counts threads.
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
        """Fit both; y is minutes."""
        self.minutes_ = self._forest().fit(X, y)
        self.pace_ = self._forest().fit(X, np.log(y / self.miles(X)))
        self.feature_importances_ = (self.minutes_.feature_importances_ + self.pace_.feature_importances_) / 2
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        """Minutes."""
        # Set here: loaded models are told their threads as parameters, and fitted forests are none.
        minutes = self.minutes_.set_params(n_jobs=self.n_jobs).predict(X)
        pace = np.exp(self.pace_.set_params(n_jobs=self.n_jobs).predict(X))
        mean: np.ndarray = (minutes + pace * self.miles(X)) / 2
        return mean

    def _forest(self) -> RandomForestRegressor:
        parameters: dict[str, Any] = self.get_params()
        del parameters["miles_column"]
        return RandomForestRegressor(**parameters)

    def miles(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        """What the pace is per."""
        miles: np.ndarray = X[:, self.miles_column] + STANDING_MILES
        return miles
