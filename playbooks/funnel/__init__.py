"""The numbers of a playbook, as `numbers.md` defines them: pure numpy on histograms of visits.

Counting and estimating are apart. `visits` and `histogram` count; everything else estimates from a `Known`
histogram, which is what was known before one local day began. Nothing here reads a clock or a database.
"""
