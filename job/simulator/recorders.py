"""The quirks of recorders and the grid of paces, as constants that calibration and drawing share."""

# Some of the recorders that round to whole minutes report a sixteenth of the miles, rounded down to tenths. Their
# fares are correct.
SIXTEENTH = 1 / 16
MIN_SIXTEENTH_MILES = 1.6
LONG_MILES = 5.0  # speed by hour is calibrated separately for rides under and from this distance
PACE_HOURS = 3  # the length of the periods that a pair has a pace for
