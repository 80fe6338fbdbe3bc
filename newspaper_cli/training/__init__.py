"""Learn weights from gold: fit the shipped tables, and adapt them to a user's own paper."""
