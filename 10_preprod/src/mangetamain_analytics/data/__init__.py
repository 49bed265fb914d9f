"""The only door to the data: which file is current, and the named queries on it."""
