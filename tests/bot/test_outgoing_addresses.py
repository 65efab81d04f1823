"""Which addresses may be called for others: the whole table, on whatever Python this runs."""

from __future__ import annotations

import pytest

from bot.surroundings.outgoing_addresses import OutgoingAddresses

INSIDE = [
    "0.0.0.0",  # noqa: S104 - only asked about
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "4000::1",
    "nonsense",
    "1.2.3",
    "01.2.3.4",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.175.48.1",
    "198.17.0.1",
    "198.20.0.1",
    "223.255.255.255",
    "2400:3200::1",
    "2606:4700::1111",
    "2a00::1",
    "::ffff:1.1.1.1",
    "64:ff9b::1.1.1.1",
    "2002:101:101::",
]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_everybodys_is_not_called(address: str) -> None:
    assert not OutgoingAddresses().permits(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_everybodys_may_be_called(address: str) -> None:
    assert OutgoingAddresses().permits(address)


def test_a_network_that_was_named_may_be_called_and_its_neighbour_not() -> None:
    addresses = OutgoingAddresses(("10.1.0.0/16", "fd00::/64"))
    assert addresses.permits("10.1.2.3")
    assert addresses.permits("fd00::1")
    assert not addresses.permits("10.2.0.1")
    assert not addresses.permits("fd00:0:0:1::1")
