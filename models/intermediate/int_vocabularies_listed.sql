-- One row a vocabulary: the one of now and the one before, as the matching engine takes them.

{{ listed_vocabulary(ref('int_phrases_listed'), ref('vocabulary_cues')) }}
