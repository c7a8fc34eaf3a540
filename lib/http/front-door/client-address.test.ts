import { describe, expect, test } from 'vitest'
import { clientAddress, siteOf } from './client-address.ts'

const from = (remoteAddress: string | undefined, proxies: number, forwarded?: string) =>
  clientAddress(
    {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      socket: remoteAddress === undefined ? {} : { remoteAddress },
    },
    proxies,
  )

describe('S5: the address a request counts for', () => {
  test.each([
    ['the socket', '203.0.113.7', 0, undefined, '203.0.113.7'],
    ['the socket, whatever is forged', '203.0.113.7', 0, '8.8.8.8', '203.0.113.7'],
    ['IPv4 in IPv6', '::ffff:203.0.113.7', 0, undefined, '203.0.113.7'],
    ['what the proxy saw', '127.0.0.1', 1, '203.0.113.7', '203.0.113.7'],
    ['the last one, before which all is forged', '127.0.0.1', 1, '1.1.1.1, 2.2.2.2', '2.2.2.2'],
    ['the one before two proxies', '127.0.0.1', 2, '1.1.1.1, 2.2.2.2,3.3.3.3', '2.2.2.2'],
    ['with a port', '127.0.0.1', 1, '203.0.113.7:51234', '203.0.113.7'],
    ['IPv6 with a port', '127.0.0.1', 1, '[2001:db8:1:2:3:4:5:6]:80', '2001:db8:1:2::/64'],
    ['IPv6, by its network', '2001:db8:1:2:ffff::1', 0, undefined, '2001:db8:1:2::/64'],
    ['IPv6 with a zone', 'fe80::1%eth0', 0, undefined, 'fe80::/64'],
    ['one that came past the proxies', '203.0.113.7', 2, '8.8.8.8', '203.0.113.7'],
    ['no header where there should be one', '203.0.113.7', 1, undefined, '203.0.113.7'],
    ['words in the place of an address', '127.0.0.1', 1, 'unknown', '127.0.0.1'],
    ['nothing in its place', '127.0.0.1', 1, '1.1.1.1,', '127.0.0.1'],
    ['a Unix socket', undefined, 0, undefined, 'local'],
    ['a Unix socket behind a proxy', undefined, 1, '203.0.113.7', '203.0.113.7'],
  ])('%s', (_name, socket, proxies, forwarded, address) => {
    expect(from(socket, proxies, forwarded)).toBe(address)
  })

  test('is the same for all addresses of one network, and another for the next', () => {
    expect(from('2001:db8::1', 0)).toBe(from('2001:db8::ffff:2', 0))
    expect(from('2001:db8::1', 0)).not.toBe(from('2001:db8:0:1::1', 0))
  })
})

test('S9: a site is the /48 around an address of IPv6; an address of IPv4 has none', () => {
  expect(siteOf('2001:db8:1:2::/64')).toBe('2001:db8:1::/48')
  expect(siteOf(from('2001:db8:1:ffff::9', 0))).toBe('2001:db8:1::/48')
  for (const address of ['203.0.113.7', 'local']) expect(siteOf(address)).toBeUndefined()
})
