import ipaddr from 'ipaddr.js'
import { lookup } from 'node:dns'
import { type LookupFunction, isIP } from 'node:net'
import { buildConnector } from 'undici'
import { DownloadError } from './download-error.ts'

/**
 * A connector for undici that opens sockets only to addresses of `mayConnect`; fails with `DownloadError`
 * `blocked_address`. Checked at the moment of the connect, so a name cannot resolve to something else in between. A
 * literal address is never looked up, so it is checked apart.
 */
export function guardedConnect(isLoopbackAllowed: boolean): buildConnector.connector {
  return (options, callback) => {
    const { hostname, protocol } = options
    const isAllowed = (address: string) => mayConnect(protocol, address, isLoopbackAllowed)
    if (isIP(hostname) && !isAllowed(hostname)) return callback(blocked(hostname), null)
    buildConnector({ allowH2: false, lookup: guardedLookup(isAllowed) })(options, callback)
  }
}

function guardedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const allowed = addresses.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (!first) callback(blocked(hostname), [])
      else if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

function blocked(hostname: string) {
  return new DownloadError('blocked_address', `${hostname} is not to be opened`)
}

/** IPv4 at the end of zeros, as resolvers write it. The parser takes it for `::ffff:1.2.3.4`, which is another address. */
const compatible = /^[0:]+:\d+\.\d+\.\d+\.\d+/

/** RFC 4291, 2.4: all global unicast that was ever given out. */
const publicIpv6 = ipaddr.parseCIDR('2000::/3')

/**
 * Whether bytes may be fetched from an IP address: public unicast by https only, and where loopback is allowed, that
 * by https or http. An IPv4 address inside an IPv6 one counts as what it is, where the system connects to that; every
 * other form of IPv6 that carries or stands for something else is none of the public ones, all of which begin 2 or 3.
 */
export function mayConnect(protocol: string, address: string, isLoopbackAllowed: boolean) {
  if (compatible.test(address)) return false
  const parsed = ipaddr.process(address)
  const range = parsed.range()
  if (range === 'loopback') return isLoopbackAllowed
  const isPublic = parsed.kind() === 'ipv4' || parsed.match(publicIpv6)
  return protocol === 'https:' && range === 'unicast' && isPublic
}
