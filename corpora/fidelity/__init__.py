"""What English must keep of Indonesian: numbers, dates, units, names, quotations, negation."""
