"""Measurements that are too long for the tests. They print numbers and judge nothing."""
