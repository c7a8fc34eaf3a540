import { liveLinks } from '../../assets/share/links.ts'
import { processWide } from '../../process-wide.ts'
import { Held, cutOff } from '../streams/held.ts'

interface HeldShare {
  token: string
  end(): void
}

/** The bytes that are being sent through links: a film plays for longer than its link may last. */
export function heldShares() {
  return processWide('held shares', () => new Held<HeldShare>(whatIsOver))
}

async function whatIsOver(held: HeldShare[]) {
  const live = await liveLinks([...new Set(held.map(({ token }) => token))])
  return held.filter(({ token }) => !live.has(token))
}

/** The same bytes, cut off once the link is over. */
export function untilRevoked(body: ReadableStream<Uint8Array>, token: string) {
  return cutOff(body, (end) => heldShares().add({ token, end }), 'the link is over')
}
