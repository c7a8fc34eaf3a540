import { createHash, timingSafeEqual } from 'node:crypto'
import { notFound } from './problem-response.ts'
import { env } from '../env.ts'

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

/** What our own handlers read of a request. A web `Request` is one, and so is a Node request's own memory of its head. */
export interface RequestHead extends Pick<Request, 'method' | 'url'> {
  headers: Pick<Headers, 'get'>
}
