"""Ways in: password, code, second step, single sign-on; and what is asked again before harm."""
