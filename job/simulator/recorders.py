"""Constants that calibration and drawing share."""

# Some of the recorders that round to whole minutes report a sixteenth of the miles, rounded down to tenths. Their
# fares are correct.
SIXTEENTH = 1 / 16
MIN_SIXTEENTH_MILES = 1.6  # a sixteenth of less is under a tenth and would be rounded down to zero
LONG_MILES = 5.0  # speed by hour is calibrated separately for shorter rides and for all others
PACE_HOURS = 3  # each pair of zones has a pace for each period of this many hours
