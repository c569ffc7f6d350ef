"""A whole country, drawn from the real programme: what it holds, and its making."""
