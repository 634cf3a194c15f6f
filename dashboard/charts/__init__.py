"""Charts: a frame goes in, an Altair chart and its words for screen readers come out."""
