//! Charts: a scene in print units, its backends, one file a chart.
