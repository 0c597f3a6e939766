"""Measures the similarity of two samples of rides. Pure functions."""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

COLUMNS = ("pickup", "dropoff", "hour", "miles", "fare", "minutes")  # the classifier's features
NUMBERS = ("miles", "minutes", "fare", "fare per mile", "speed")
CATEGORIES = ("pickup", "dropoff", "pair", "hour")
RANKS = (("miles", "minutes"), ("miles", "fare"), ("minutes", "fare"))
AUC = "AUC"
FOLDS = 3


def card(sample: pd.DataFrame, real: pd.DataFrame, seed: int) -> dict[str, float]:
    """Compare a sample with real rides: each similarity, and the AUC.

    Both have COLUMNS, with 0 for an empty area. A similarity is between 0 and 1, where 1 is equal.
    """
    ours, theirs = _derived(sample), _derived(real)
    return {
        **{name: one_minus_ks(ours[name], theirs[name]) for name in NUMBERS},
        **{name: one_minus_tv(ours[name], theirs[name]) for name in CATEGORIES},
        AUC: auc(sample, real, seed),
    }


def one_minus_ks(sample: pd.Series, real: pd.Series) -> float:
    """1 minus the Kolmogorov-Smirnov distance, the largest gap between the two cumulative distributions."""
    points = np.union1d(sample, real)
    shares = [np.searchsorted(np.sort(values), points, side="right") / len(values) for values in (sample, real)]
    return 1 - float(np.abs(shares[0] - shares[1]).max())


def one_minus_tv(sample: pd.Series, real: pd.Series) -> float:
    """1 minus the total variation distance: how much the two distributions overlap."""
    shares = [values.value_counts(normalize=True) for values in (sample, real)]
    return 1 - float(shares[0].sub(shares[1], fill_value=0).abs().sum()) / 2


def auc(sample: pd.DataFrame, real: pd.DataFrame, seed: int) -> float:
    """Cross-validated AUC of a classifier of sample against real rides, equally many of each; 0.5 is pure chance."""
    rides = min(len(sample), len(real))
    both = pd.concat([frame.sample(rides, random_state=seed)[list(COLUMNS)] for frame in (sample, real)])
    truth = np.repeat([0, 1], rides)
    classifier = HistGradientBoostingClassifier(random_state=seed)
    # Shuffled above. Shuffling again with the same seed could restore the original order of one of the two.
    chances = cross_val_predict(classifier, both.to_numpy(), truth, cv=FOLDS, method="predict_proba")[:, 1]
    return float(roc_auc_score(truth, chances))


def rank_correlations(rides: pd.DataFrame) -> dict[str, float]:
    """Spearman's rank correlation of each pair of RANKS."""
    ranks = rides[["miles", "minutes", "fare"]].rank()
    return {f"{one} and {other}": float(ranks[one].corr(ranks[other])) for one, other in RANKS}


def independent(rides: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Shuffle each column independently: each keeps its distribution, and all dependence between them is lost."""
    random = np.random.default_rng(seed)
    return pd.DataFrame({name: random.permutation(rides[name]) for name in COLUMNS})


def _derived(rides: pd.DataFrame) -> pd.DataFrame:
    return rides.assign(
        **{"fare per mile": rides["fare"] / rides["miles"], "speed": rides["miles"] / rides["minutes"] * 60},
        pair=rides["pickup"].astype(str) + "-" + rides["dropoff"].astype(str),
    )
