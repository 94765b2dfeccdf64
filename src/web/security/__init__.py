"""The door: who is at it, what he proves it with, and what is written down about it."""
