"""Photos and documents attached to the forms: what is let in, who sees them, their pages."""
