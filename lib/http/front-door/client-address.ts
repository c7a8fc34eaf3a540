import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

type Connection = Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string } }

/**
 * The address a request counts for: that of the socket, or, behind `proxies` of our own, the one that the outermost of
 * them saw. `X-Forwarded-For` is read from the right, where only our proxies write, so a forged one changes nothing. An
 * IPv6 address counts as its /64, which is what one customer has.
 */
export function clientAddress({ headers, socket }: Connection, proxies: number): string {
  const own = addressOf(socket)
  if (proxies === 0) return own
  const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  // One that came past a proxy brings too few of them.
  return addressIn(hops.at(-proxies)) ?? own
}

/** The /48 around an address of IPv6, the most that one customer is usually given; undefined for IPv4. */
export function siteOf(address: string): string | undefined {
  if (!address.endsWith('/64')) return undefined
  const network = ipaddr.parse(address.slice(0, -3)).toByteArray().fill(0, 6)
  return `${ipaddr.fromByteArray(network).toString()}/48`
}

// A connection keeps its address, and mostly brings more than one request.
const addresses = new WeakMap<Connection['socket'], string>()

function addressOf(socket: Connection['socket']) {
  const known = addresses.get(socket)
  if (known) return known
  const own = addressIn(socket.remoteAddress) ?? 'local'
  addresses.set(socket, own)
  return own
}

/** Addresses as proxies write them: with a port, in brackets, with a zone; undefined for anything else. */
function addressIn(text = ''): string | undefined {
  const [bare = ''] = text.trim().split('%')
  const address = bare
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  if (!ipaddr.isValid(address)) return undefined
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const network = parsed.toByteArray().fill(0, 8)
  return `${ipaddr.fromByteArray(network).toString()}/64`
}
