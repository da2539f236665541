"""The numbers behind the figures that answer back, against NumPy, SciPy and scikit-learn."""
