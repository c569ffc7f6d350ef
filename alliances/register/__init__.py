"""The national register of schools: read from its files, searched by who picks a school."""
