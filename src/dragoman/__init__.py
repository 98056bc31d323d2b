"""Turns news reports into a record that people can check."""
