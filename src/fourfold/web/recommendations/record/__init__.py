"""The public record: what is known of past super-complaints, loaded and published."""
