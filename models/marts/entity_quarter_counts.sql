-- One row an entity and quarter in which a paper names it.

{{ entity_period_counts('quarter') }}
