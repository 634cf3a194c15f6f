{{ corpus_period_counts('month') }}
