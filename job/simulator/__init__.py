"""The simulator: draws rides from a calibrated profile. Pure: the same window and profile give the same rides."""
