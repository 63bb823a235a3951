"""The HTTP door: from bytes to verbs and back, for every REST surface and the WebSocket upgrade."""
