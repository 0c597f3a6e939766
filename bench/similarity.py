"""How alike two samples of rides are, in figures from 0 to 1 where 1 is alike. Pure functions."""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

COLUMNS = ("pickup", "dropoff", "hour", "miles", "fare", "minutes")  # what the classifier sees
NUMBERS = ("miles", "minutes", "fare", "fare per mile", "speed")
CATEGORIES = ("pickup", "dropoff", "pair", "hour")
RANKS = (("miles", "minutes"), ("miles", "fare"), ("minutes", "fare"))
AUC = "AUC"
FOLDS = 3


def card(sample: pd.DataFrame, real: pd.DataFrame, seed: int) -> dict[str, float]:
    """Every figure of a sample against the real rides; both with COLUMNS, areas with 0 for empty."""
    ours, theirs = _derived(sample), _derived(real)
    return {
        **{name: one_minus_ks(ours[name], theirs[name]) for name in NUMBERS},
        **{name: one_minus_tv(ours[name], theirs[name]) for name in CATEGORIES},
        AUC: auc(sample, real, seed),
    }


def one_minus_ks(sample: pd.Series, real: pd.Series) -> float:
    """1 less the Kolmogorov-Smirnov distance: the largest gap between the two cumulated shares."""
    places = np.union1d(sample, real)
    shares = [np.searchsorted(np.sort(values), places, side="right") / len(values) for values in (sample, real)]
    return 1 - float(np.abs(shares[0] - shares[1]).max())


def one_minus_tv(sample: pd.Series, real: pd.Series) -> float:
    """1 less the total variation distance: how much of the two distributions lies on one another."""
    shares = [values.value_counts(normalize=True) for values in (sample, real)]
    return 1 - float(shares[0].sub(shares[1], fill_value=0).abs().sum()) / 2


def auc(sample: pd.DataFrame, real: pd.DataFrame, seed: int) -> float:
    """How well a classifier tells sample from real, cross-validated, as many of each; .5 is not at all, 1 always."""
    rides = min(len(sample), len(real))
    both = pd.concat([frame.sample(rides, random_state=seed)[list(COLUMNS)] for frame in (sample, real)])
    truth = np.repeat([0, 1], rides)
    classifier = HistGradientBoostingClassifier(random_state=seed)
    # Shuffled above, and not again: by the same seed it would part one of the two in the order that it came in.
    chances = cross_val_predict(classifier, both.to_numpy(), truth, cv=FOLDS, method="predict_proba")[:, 1]
    return float(roc_auc_score(truth, chances))


def rank_correlations(rides: pd.DataFrame) -> dict[str, float]:
    """Spearman's, of each pair of RANKS."""
    ranks = rides[["miles", "minutes", "fare"]].rank()
    return {f"{one} and {other}": float(ranks[one].corr(ranks[other])) for one, other in RANKS}


def independent(rides: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The same columns, each in an order of its own: right in everything that is one column's, wrong in all else."""
    order = np.random.default_rng(seed)
    return pd.DataFrame({name: order.permutation(rides[name]) for name in COLUMNS})


def _derived(rides: pd.DataFrame) -> pd.DataFrame:
    return rides.assign(
        **{"fare per mile": rides["fare"] / rides["miles"], "speed": rides["miles"] / rides["minutes"] * 60},
        pair=rides["pickup"].astype(str) + "-" + rides["dropoff"].astype(str),
    )
