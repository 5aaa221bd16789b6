"""RS 2015-009 as code: a module per section, in the order of the circular, and a module per dated version."""
