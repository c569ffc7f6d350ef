"""Erasing somebody on the site: what it would do is shown first, what it left is listed after."""
