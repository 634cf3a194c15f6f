-- One row an entity and year in which a paper names it.

{{ entity_period_counts('year') }}
