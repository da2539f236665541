"""The library behind the guide: what people wrote in docs/ and notebooks/, read once, checked as a whole.

Plain Python that never imports MkDocs, so that the checks run in under a second on their own, the tests need no
site, and another site generator could call the same functions. Nothing is imported here, so that
`python -m guide check` loads only what it uses.
"""
