"""The demo city 云州市: made up, in both languages."""
