"""What the doctor looks at: one module for each part of the house, one function for each question."""
