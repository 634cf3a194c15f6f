"""A report on a corpus or on one name, as one HTML file."""
