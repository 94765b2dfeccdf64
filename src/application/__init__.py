"""What people and machines can do: use-cases, ports, permissions, recognition and enrichment."""
