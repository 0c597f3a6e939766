"""The City's tariff and the quirks of recorders, as constants that calibration and drawing share."""

FLAG_USD, PER_MILE_USD = 3.25, 2.25  # the rest of a fare is charged for time in slow traffic
# Some of the recorders that round to whole minutes report a sixteenth of the miles, rounded down to tenths. Their
# fares are correct.
SIXTEENTH = 1 / 16
MIN_SIXTEENTH_MILES = 1.6
LONG_MILES = 5.0  # speed by hour is calibrated separately for rides under and from this distance
PACE_HOURS = 3  # the length of the periods that a pair has a pace for
