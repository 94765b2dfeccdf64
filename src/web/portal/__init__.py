"""The client's screens: mailboxes and archive of a dossier."""
