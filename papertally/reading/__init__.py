"""What is asked of the published file as a whole: SQL, single papers, exports, its state."""
