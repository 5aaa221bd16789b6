"""Tests of the statistics: what is counted, and that nothing unsafe is published or kept."""
