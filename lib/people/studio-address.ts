import { withBasePath } from '#lib/contract/calls/base-path'
import { env } from '../env.ts'

/** Where browsers see the studio: an address of this machine where the operator names no other. */
export function studioAddress() {
  const { PUBLIC_URL, PORT, BASE_PATH } = env()
  return PUBLIC_URL ?? `http://localhost:${PORT}${withBasePath('/', BASE_PATH).replace(/\/$/, '')}`
}

/** Whether browsers let pages at the studio's address use passkeys: those of secure pages alone. */
export function hasPasskeys() {
  const { protocol, hostname } = new URL(studioAddress())
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
}
