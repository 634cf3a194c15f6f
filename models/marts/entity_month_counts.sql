{{ entity_period_counts('month') }}
