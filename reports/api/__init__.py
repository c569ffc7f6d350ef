"""What programs read: the same as pages show their owners, as JSON, and nothing that writes."""
