"""The office's screens: clients, dossiers, worklist."""
