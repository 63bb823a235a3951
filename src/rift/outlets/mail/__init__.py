"""The outlet that sends mail: by an SMTP server or an HTTP provider."""

from rift.outlets.mail.postman import Postman, make_carrier

__all__ = ["Postman", "make_carrier"]
