"""What people send who mean harm: files, texts, questions. All of it is made here, by code."""
