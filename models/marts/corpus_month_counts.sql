-- One row a month of publication, and one for papers whose date does not reach down to a month.

{{ corpus_period_counts('month') }}
