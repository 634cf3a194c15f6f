{{ entity_period_counts('quarter') }}
