"""Sans-I/O machines and codecs: no sockets, no clock, no SQL."""
