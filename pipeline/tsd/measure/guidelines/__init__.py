"""What advice in the literature asks of disclosures, as far as words show it."""
