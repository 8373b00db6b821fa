"""Read: one module or data-only pack per source format; file to rows to events."""
