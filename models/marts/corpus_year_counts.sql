-- One row a year of publication, and one for papers whose date does not reach down to a year.

{{ corpus_period_counts('year') }}
