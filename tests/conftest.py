"""What all tests share: the settings of the property tests.

No deadline, because a busy machine is no fault; and the same examples on every run, because a test that is red one time
in fifty says nothing about a change. The nightly run looks for new ones (HYPOTHESIS_PROFILE=explore).
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("guide", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", parent=settings.get_profile("guide"), derandomize=False, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "guide"))
