"""ZIP files: ordinary ones with fixed times, a locked one, one with an unsafe member name."""

import io
import struct
import zipfile
import zlib
from random import Random
from typing import Final

FIXED_TIME: Final = (2026, 11, 2, 9, 0, 0)
_LOCKED: Final = 0x1


def zip_of(members: dict[str, bytes]) -> bytes:
    """Return an archive of these members, in this order, with fixed times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, content)
    return buffer.getvalue()


def locked_zip(name: str, content: bytes, password: bytes, rng: Random) -> bytes:
    """Return an archive whose only member is encrypted (the traditional ZIP cipher)."""
    crc = zlib.crc32(content)
    sealed = _encrypted(rng.randbytes(11) + bytes([crc >> 24]) + content, password)
    path = name.encode()
    moment = (9 << 11, ((2026 - 1980) << 9) | (11 << 5) | 2)
    common = (20, _LOCKED, 0, *moment, crc, len(sealed), len(content), len(path))
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *common, 0) + path + sealed
    central = struct.pack("<4sH5H3L5H2L", b"PK\x01\x02", 20, *common, 0, 0, 0, 0, 0, 0) + path
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def _crc_entry(value: int) -> int:
    for _ in range(8):
        value = (value >> 1) ^ 0xEDB88320 if value & 1 else value >> 1
    return value


_CRC_TABLE: Final = tuple(_crc_entry(n) for n in range(256))


def _encrypted(plain: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]
    for byte in password:
        _turn(keys, byte)
    sealed = bytearray()
    for byte in plain:
        mixed = (keys[2] | 2) & 0xFFFF
        sealed.append(byte ^ ((mixed * (mixed ^ 1) >> 8) & 0xFF))
        _turn(keys, byte)
    return bytes(sealed)


def _turn(keys: list[int], byte: int) -> None:
    keys[0] = _crc_step(keys[0], byte)
    keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134_775_813 + 1) & 0xFFFFFFFF
    keys[2] = _crc_step(keys[2], keys[1] >> 24)


def _crc_step(crc: int, byte: int) -> int:
    return (crc >> 8) ^ _CRC_TABLE[(crc ^ byte) & 0xFF]
