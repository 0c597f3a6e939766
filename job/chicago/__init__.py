"""What makes it Chicago: data files alone. A place of your own is another folder of such files (job/place.py)."""
