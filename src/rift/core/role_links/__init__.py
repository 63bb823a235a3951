"""Linked roles: roles that members give themselves by what applications say of them."""
