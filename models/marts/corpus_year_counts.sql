{{ corpus_period_counts('year') }}
