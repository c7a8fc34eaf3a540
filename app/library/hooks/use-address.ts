'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { goTo } from '#components/ui/overlay/back-closes.ts'
import { withBasePath } from '#lib/contract/calls/base-path'
import { type LibraryAddress, addressText, readAddress } from '../address.ts'

/** What the address says is shown, and how it is changed: Back undoes a change, but for letters of one search. */
export function useAddress() {
  const params = useSearchParams()
  const address = useMemo(() => readAddress(params), [params])
  const go = (next: LibraryAddress, isSameStep = false) => {
    const path = withBasePath(`/library${addressText(next)}`)
    if (path === location.pathname + location.search) return
    if (isSameStep) history.replaceState(null, '', path)
    else goTo(path)
  }
  return {
    address,
    go,
    change: (part: { [Name in keyof LibraryAddress]?: LibraryAddress[Name] | undefined }) =>
      go({ ...address, ...part }),
  }
}
