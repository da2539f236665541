"""The fourth floor, beside `check`: the code of the guide, executed in a process of its own."""
