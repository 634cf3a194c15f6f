{{ corpus_period_counts('quarter') }}
