"""The outside world, one file or folder per outside thing."""
