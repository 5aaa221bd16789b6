"""What the faults run is made of: bad receivers, a failing database, the faults themselves, one case under them."""
