-- One row an entity and month in which a paper names it.

{{ entity_period_counts('month') }}
