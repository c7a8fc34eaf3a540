import ipaddr from 'ipaddr.js'
import { callbackUrlMaxLength } from '#lib/contract/people/notices'
import { env } from '../../env.ts'
import { mayConnect } from './guarded-connect.ts'

/**
 * An address that a user names for messages of ours, as it is kept; undefined for one that is never posted to: not https,
 * with a password in it, or of this machine or its network. What its name leads to is looked at again at each connect.
 */
export function postAddress(text: string, isLoopbackAllowed = env().NOTICES_TO_LOOPBACK) {
  const url = text.length <= callbackUrlMaxLength ? URL.parse(text) : null
  if (!url || url.username || url.password || !/^https?:$/.test(url.protocol)) return undefined
  url.hash = ''
  return mayPost(url, isLoopbackAllowed) ? url.href : undefined
}

function mayPost({ protocol, hostname }: URL, isLoopbackAllowed: boolean) {
  const host = hostname.replaceAll(/[[\]]/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(host)) return mayConnect(protocol, host, isLoopbackAllowed)
  if (host === 'localhost' || host.endsWith('.localhost')) return isLoopbackAllowed
  return protocol === 'https:'
}
