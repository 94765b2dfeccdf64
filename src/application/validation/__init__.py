"""Whether an electronic invoice keeps the rules of its standard: what a finding is and what it says (FEATURES K1)."""
