"""Reading a document: pure code from words with positions, or from structured XML, to fields with confidence and source."""
