"""The City's tariff, and how recorders and traffic bend what is on record; calibration and drawing share it."""

FLAG_USD, PER_MILE_USD = 3.25, 2.25  # what a fare exceeds beyond these is time in slow traffic
# Some recorders that count whole minutes report a sixteenth of the miles, cut to tenths; their fares are right.
SIXTEENTH = 1 / 16
LEAST_SIXTEENTH_MILES = 1.6
LONG_MILES = 5.0  # speed by hour is calibrated for rides under and from this distance
PACE_HOURS = 3  # the hours that one pace of a pair stands for
