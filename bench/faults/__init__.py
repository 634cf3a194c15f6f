"""Faults planted on purpose: killed, starved, damaged and crowded runs, and what readers saw."""
