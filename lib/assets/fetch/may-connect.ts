import ipaddr from 'ipaddr.js'

/**
 * Whether bytes may be fetched from an IP address: public unicast by https only, and where loopback is allowed, that
 * by https or http. An IPv4 address inside an IPv6 one counts as what it is.
 */
export function mayConnect(protocol: string, address: string, isLoopbackAllowed: boolean) {
  const range = ipaddr.process(address).range()
  if (range === 'loopback') return isLoopbackAllowed
  return protocol === 'https:' && range === 'unicast'
}
