"""The peer in Python: uvicorn and starlette doing what hot REST endpoints do, with no database."""
