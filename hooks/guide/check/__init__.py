"""The fourth floor, beside `run`: the contracts that the catalogue has to keep."""
