{{ entity_period_counts('year') }}
