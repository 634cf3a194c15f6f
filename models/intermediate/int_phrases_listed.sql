-- One row a phrase that the matching engine looks for: every alias, and what hides one.

with

aliases as (
    select * from {{ ref('int_vocabulary_aliases') }}
),

other_meanings as (
    select * from {{ ref('vocabulary_other_meanings') }}
)

select
    alias_id,
    alias,
    entity_type,
    case_rule,
    ambiguity
from aliases

union all

-- longer phrases in which a name means something else: as the longer match they hide it
select
    -{{ stable_number('phrase') }} as alias_id,
    phrase as alias,  -- noqa: RF04
    'none' as entity_type,
    'insensitive' as case_rule,
    'safe' as ambiguity
from other_meanings
