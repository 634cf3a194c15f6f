-- One row a paper: the names of the vocabulary in its texts. Only what may have changed is matched again.

{{ matched_papers(ref('int_papers_deduplicated'), ref('int_vocabularies_listed')) }}
