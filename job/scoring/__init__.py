"""What happens to a batch of rides between its source and its commit."""
