"""Recommendations, the answers of those they address, action plans, and the matrix."""
