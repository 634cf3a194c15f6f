-- One row a paper: the discovered names in its texts. Only what may have changed is searched again.

{{ matched_papers(ref('int_papers_deduplicated'), ref('int_vocabularies_discovered')) }}
