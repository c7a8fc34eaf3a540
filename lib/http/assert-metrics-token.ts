import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '../env.ts'
import { notFound } from './not-found.ts'
import type { RequestHead } from './request-head.ts'

/** Throws `not_found` unless the request carries the operator's token; also where the operator has set none. */
export function assertMetricsToken({ headers }: Pick<RequestHead, 'headers'>) {
  const { METRICS_TOKEN } = env()
  const given = headers.get('authorization') ?? ''
  if (!METRICS_TOKEN || !timingSafeEqual(digest(given), digest(`Bearer ${METRICS_TOKEN}`)))
    throw notFound()
}

function digest(text: string) {
  return createHash('sha256').update(text).digest()
}
