"""History from outside: files of visits, as people and CRMs have them, read into journeys or into faults.

Pure: bytes in, journeys and bad rows out; no clock, no database. `playbooks/imported.py` makes events of them.
"""
