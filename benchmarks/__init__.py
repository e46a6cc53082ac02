"""Timing and scaling, run by hand; and the files that samples and tests are made from."""
