"""What is filled in about contracts and months."""
