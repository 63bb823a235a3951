"""Second factors: codes of an authenticator, backup codes and passkeys."""
