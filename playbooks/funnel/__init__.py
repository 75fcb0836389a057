"""The numbers of a playbook, as `numbers.md` defines them: pure numpy on histograms of visits.

Counting and estimating are apart. `visits` and `histogram` count; everything else estimates from a `Known`
histogram, which is what was known before one local day began. Nothing here reads a clock or a database.

| asked | module: function |
| --- | --- |
| what a transaction adds to the histogram | `visits`: `visits_of`, `changes` |
| counts of a window, who was at risk | `windows`: `tallies`, `risks`, `closing_limit` |
| conversion of each step | `conversion`: `conversions`, `conversions_as_needed`; `assumption`: `assumed` |
| all figures of a playbook, put together | `picture`: `funnel`, `steps_of` |
| from the first step to won | `overall`: `overall` |
| days in a step, lead time, mean stay | `days`: `days_in_step`, `lead_days`, `mean_stay` |
| by rep, source, variant | `slices`: `slices`, `between` |
| change since the period before | `change`: `change` |
| the bottleneck | `bottleneck`: `gains`, `bottleneck`, `one_point_better` |
| the backward plan, what-if, its first week | `plan`: `plan`, `lifted`; `ramp`: `first_week_on_target` |
| the forecast and its scores | `forecast`: `forecast`; `scoring`: `score`, `scores`; `baselines` to beat |
| which script works better | `comparison`: `compare`, `weeks_to_tell` |
| the hope share, what a step is worth | `hope`: `hope`; `journeys_ahead`: `step_worth` |
"""
