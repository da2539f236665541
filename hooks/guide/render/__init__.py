"""The fifth floor: from what was read and run to the HTML of a page."""
