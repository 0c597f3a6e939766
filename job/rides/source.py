"""The sources of rides: the simulator, and the names under which records are stored (the setting SOURCE)."""

SourceName = str
SIMULATOR: SourceName = "simulator"
CITY: SourceName = "city"  # unless SOURCE gives records another name
