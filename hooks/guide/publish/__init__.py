"""The sixth floor: what the site publishes beside its pages, and the lists that pages show of the whole guide."""
