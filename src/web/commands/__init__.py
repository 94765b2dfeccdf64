"""What the `daybook` command can do, one file a command."""
