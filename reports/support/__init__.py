"""Support staff find out what state things are in, without a word of what was written in them."""
