"""What oversight gives to programs: the figures of the supervisor's page."""
