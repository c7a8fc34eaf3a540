import { env } from '../env.ts'
import type { RequestHead } from './request-guards.ts'

/**
 * Where users see the studio, base path and all: `PUBLIC_URL`, else the page that asks. For links that a request which
 * has passed `assertOwnPage` is given.
 */
export function studioAddress({ url, headers }: RequestHead): string {
  const { PUBLIC_URL, BASE_PATH } = env()
  if (PUBLIC_URL) return PUBLIC_URL
  const page = headers.get('origin')
  const origin = page && URL.canParse(page) ? page : new URL(url).origin
  return new URL(origin).origin + BASE_PATH
}
