"""The API's own edge: who asks, one act a request, pages of rows, and problems told in one way."""
