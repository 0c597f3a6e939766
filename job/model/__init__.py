"""What a model is: its inputs, how it is fitted, measured, found, loaded and asked."""
