"""One drill a module. Its docstring's first line is the promise; it has

* ``arguments(parser)``: what can be set; the defaults are the full size;
* ``run(options, report)``: do it, and state each figure with its limit. Django is set up, no server runs yet.
"""
