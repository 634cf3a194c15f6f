"""The pages that readers open; they read the published file and write nothing."""
