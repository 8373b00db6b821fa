"""What has no domain meaning: references, written-once models, layout, components."""
