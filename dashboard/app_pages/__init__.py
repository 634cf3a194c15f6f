"""One script a page, run by `st.navigation`; a page composes queries, charts and words."""
