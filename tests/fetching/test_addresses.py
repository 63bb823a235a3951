"""Which addresses the server lets itself be sent to."""

from ipaddress import ip_address

import pytest

from rift.fetching import NotFetched, Reach, Why
from rift.fetching.addresses import Addresses, is_public

CLOSED = (
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.7",
    "192.88.99.1",
    "192.168.0.1",
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
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:93.184.216.34",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fdff::1",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1111%eth0",
    "fec0::1",
    "ff02::1",
)

OPEN = (
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4001:81b::200e",
    "64:ff9b::8.8.8.8",
)


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_on_the_public_internet_is_not_called(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not Addresses().allow(address)


@pytest.mark.parametrize("address", OPEN)
def test_what_is_on_the_public_internet_may_be_called(address: str) -> None:
    assert Addresses().allow(address)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f000001", "2130706433", "1.1.1"])
def test_what_is_no_address_is_not_called(text: str) -> None:
    assert not Addresses().allow(text)


def test_an_operator_can_open_one_address_and_no_other() -> None:
    addresses = Addresses(["10.1.2.3", "fd12::/64"])
    assert addresses.allow("10.1.2.3")
    assert addresses.allow("fd12::7")
    assert not addresses.allow("10.1.2.4")
    assert not addresses.allow("fd13::7")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org:80/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "http://",
        "http:///path",
        "http://somebody@example.org/",
        "http://somebody:secret@example.org/",
        "http://:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:6379/",
        "https://example.org:8443/",
        "http://example.org:99999/",
        "http://[::1/",
        "http://example.org/" + "a" * 2048,
    ],
)
def test_a_url_that_no_page_has_is_refused(url: str) -> None:
    with pytest.raises(NotFetched) as refused:
        Reach().checked(url)
    assert refused.value.why is Why.URL


def test_ports_are_the_operators_to_open() -> None:
    reach = Reach(ports=(443, 8443))
    assert str(reach.checked("https://example.org:8443/")) == "https://example.org:8443/"
    with pytest.raises(NotFetched):
        reach.checked("http://example.org/")


def test_a_domain_stands_for_those_below_it() -> None:
    reach = Reach(deny_domains=("example.org",))
    for url in ("https://example.org", "https://WWW.Example.ORG./", "https://a.b.example.org/x"):
        with pytest.raises(NotFetched) as refused:
            reach.checked(url)
        assert refused.value.why is Why.DOMAIN
    reach.checked("https://notexample.org/")
    reach.checked("https://example.org.example.net/")


def test_where_some_domains_are_allowed_others_are_not() -> None:
    reach = Reach(allow_domains=("example.org",), deny_domains=("bad.example.org",))
    reach.checked("https://www.example.org/")
    for url in ("https://example.net/", "https://bad.example.org/"):
        with pytest.raises(NotFetched):
            reach.checked(url)


def test_the_fragment_stays_at_home() -> None:
    assert str(Reach().checked("https://example.org/a#b")) == "https://example.org/a"
