"""What keeps the secrets of the second step in the database."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def locks() -> MultiFernet:
    """Locks with a key made from the first text of MFA_KEYS; opens with each of them."""
    return MultiFernet([Fernet(_key(text)) for text in settings.MFA_KEYS])


def _key(text: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second factor")
    return base64.urlsafe_b64encode(derive.derive(text.encode()))
