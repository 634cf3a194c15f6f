-- One row a set of discovered names: the one of now and the one before, as the matching engine takes them.

{{ listed_vocabulary(ref('int_discovered_aliases'), ref('vocabulary_cues')) }}
