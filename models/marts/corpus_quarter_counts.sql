-- One row a quarter of publication, and one for papers whose date does not reach down to a quarter.

{{ corpus_period_counts('quarter') }}
