import { expect, test } from 'vitest'
import { mayConnect } from './guarded-connect.ts'

const publicAddresses = ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8']
const loopback = ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1']
const forbidden = [
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::',
  // S20: IPv4 in forms that the system may connect to, or a gateway may, and ranges that are not assigned.
  '::7f00:1',
  '::127.0.0.1',
  '::8.8.8.8',
  '0:0:0:0:0:0:8.8.8.8',
  '::a9fe:a9fe',
  '::2',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '2001:0:7f00:1::1',
  '2001:db8::1',
  '3fff::1',
  '5f00::1',
  '100::1',
  'fe80::1',
  'fd12:3456::1',
  '0.1.2.3',
  '100.127.255.254',
  '192.0.0.170',
  'fc00::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
]

test.each(publicAddresses)('%s may be reached by https alone', (address) => {
  expect(mayConnect('https:', address, false)).toBe(true)
  expect(mayConnect('https:', address, true)).toBe(true)
  expect(mayConnect('http:', address, true)).toBe(false)
})

test.each(loopback)('%s may be reached where loopback is allowed', (address) => {
  expect(mayConnect('http:', address, true)).toBe(true)
  expect(mayConnect('https:', address, true)).toBe(true)
  expect(mayConnect('http:', address, false)).toBe(false)
  expect(mayConnect('https:', address, false)).toBe(false)
})

test.each(forbidden)('%s may never be reached', (address) => {
  for (const protocol of ['http:', 'https:'])
    for (const isLoopbackAllowed of [true, false])
      expect(mayConnect(protocol, address, isLoopbackAllowed)).toBe(false)
})
