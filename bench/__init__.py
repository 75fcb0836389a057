"""Measurements of the running bot. They print what they find and assert nothing: machines differ."""
