"""What the pages ask of the published file: typed functions, bound parameters, no Streamlit."""
