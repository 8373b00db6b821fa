"""Taking in plans that exist: read every cell, propose what it means, place it or say why not."""
