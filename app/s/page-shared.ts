import { headers } from 'next/headers'
import { cache } from 'react'
import { sharedPage } from '#lib/http/share/shared'

/** What the page of a link shows to the one who opens it; undefined where there is no such link, or no more. */
export const readShared = cache(async (token: string) => {
  const request = { method: 'GET', url: 'http://localhost/', headers: await headers() }
  return sharedPage(request, token)
})
