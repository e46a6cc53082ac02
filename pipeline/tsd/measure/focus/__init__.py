"""Focus of the talk: where it was around disclosures, whether it moved, whether it came back."""
