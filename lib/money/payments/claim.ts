import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '../../env.ts'

/** Whose payment it is, as written at Stripe when it was begun. */
export interface Claim {
  ownerId: string
  userId: string
  amountMicros: number
}

/** A claim as it is found at Stripe: begun by this installation, or only by one like it. */
export interface FoundClaim extends Claim {
  isSigned: boolean
}

const names = { ownerId: 'photofinish_owner', userId: 'photofinish_user' } as const
const amount = 'photofinish_micros'
const proof = 'photofinish_proof'

/** What goes with a checkout, so that its payment is known also where its record is lost. */
export function claimMetadata(claim: Claim): Record<string, string> {
  return {
    [names.ownerId]: claim.ownerId,
    [names.userId]: claim.userId,
    [amount]: String(claim.amountMicros),
    [proof]: proofOf(claim),
  }
}

/** Null where a checkout is of another program. */
export function readClaim(metadata: Record<string, string> | null | undefined): FoundClaim | null {
  const ownerId = metadata?.[names.ownerId]
  if (!ownerId) return null
  const claim = {
    ownerId,
    userId: metadata[names.userId] ?? '',
    amountMicros: Number(metadata[amount]),
  }
  const given = Buffer.from(metadata[proof] ?? '')
  const right = Buffer.from(proofOf(claim))
  return { ...claim, isSigned: given.length === right.length && timingSafeEqual(given, right) }
}

/** By the secret of this installation's webhook: two installations may share an account at Stripe, but no webhook. */
function proofOf({ ownerId, userId, amountMicros }: Claim) {
  const { STRIPE_WEBHOOK_SECRET = '' } = env()
  return createHmac('sha256', STRIPE_WEBHOOK_SECRET)
    .update(JSON.stringify(['top-up', ownerId, userId, amountMicros]))
    .digest('hex')
}
