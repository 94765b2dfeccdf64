-- A token may be limited to some dossiers; NULL: all that its owner reaches.
ALTER TABLE api_tokens ADD COLUMN dossiers uuid[];
