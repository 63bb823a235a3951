"""Attachments: the files of messages, from the upload to the day nobody shows them any more."""
