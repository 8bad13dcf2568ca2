"""Stories from door to door: real browser, web server, workers, beat, database and broker, on the demo city."""
