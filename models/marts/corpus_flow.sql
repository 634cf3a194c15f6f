-- One row a source and step from what was read to what is counted; the parts of a step add up to it.

with

sources as (
    select * from {{ ref('corpus_source_counts') }}
),

steps (step_number, flow_step, part_of, unit) as (
    values
    (1, 'read', null, 'record'),
    (2, 'rejected', 'read', 'record'),
    (3, 'known', 'read', 'record'),
    (4, 'landed', 'read', 'record'),
    (5, 'refused', 'landed', 'record'),
    (6, 'accepted', 'landed', 'record'),
    (7, 'merged', 'accepted', 'record'),
    (8, 'papers', 'accepted', 'paper'),
    (9, 'title_only', 'papers', 'paper'),
    (10, 'eligible', 'papers', 'paper'),
    (11, 'silent', 'eligible', 'paper'),
    (12, 'naming', 'eligible', 'paper')
)

select
    sources.source_name,
    steps.step_number,
    steps.flow_step,
    steps.part_of,
    steps.unit,
    case steps.flow_step
        when 'read' then sources.read_count
        when 'rejected' then sources.rejected_count
        when 'known' then sources.known_count
        when 'landed' then sources.landed_count
        when 'refused' then sources.refused_count
        when 'accepted' then sources.accepted_count
        when 'merged' then sources.merged_count
        when 'papers' then sources.paper_count
        when 'title_only' then sources.paper_count - sources.eligible_paper_count
        when 'eligible' then sources.eligible_paper_count
        when 'silent' then sources.eligible_paper_count - sources.share_naming_paper_count
        when 'naming' then sources.share_naming_paper_count
    end as step_count
from sources
cross join steps
order by sources.source_name, steps.step_number
