"""Tests of what is plain Python: Odoo runs them, and `make mutants` without Odoo."""

try:
    from odoo.tests import BaseCase as PlainCase
    from odoo.tests import tagged
except ImportError:
    from unittest import TestCase as PlainCase

    def tagged(*_tags):
        """Stand in for Odoo's decorator, where there is nothing to choose from."""
        return lambda case: case


__all__ = ["PlainCase", "tagged"]
