'use client'

import { useEffect, useSyncExternalStore } from 'react'

/** By the page it was for. */
const taken = new Map<string, string>()

/**
 * The token of a one-time link: undefined until it is read, null where the address has none. It is removed from the
 * address at once, and so out of the history and of what is copied from there.
 */
export function useLinkToken() {
  const token = useSyncExternalStore(never, readToken, () => undefined)
  useEffect(() => {
    if (location.search) history.replaceState(null, '', location.pathname)
  }, [])
  return token
}

function readToken() {
  const found = new URLSearchParams(location.search).get('token')
  if (found) taken.set(location.pathname, found)
  return taken.get(location.pathname) ?? null
}

function never() {
  return () => {}
}
