'use client'

import { useEffect, useState } from 'react'
import { useAccount } from '#lib/ai/api/people/use-account'
import { pageSession } from '#lib/contract/calls/page-session'
import { onTold } from '#lib/delivery/news'
import { watchVisibility } from './visible-since.ts'
import { headerPart } from '../header-part.tsx'

const Bell = headerPart(() => import('./bell.tsx').then((file) => file.Bell))

/** The place of the bell in the header. Its code is loaded for one who can have notices: with an account, or a session. */
export function BellSlot() {
  const account = useAccount()
  // A visitor's session may have begun on this page.
  const [isTold, setIsTold] = useState(false)
  useEffect(watchVisibility, [])
  useEffect(() => onTold((fileIds) => fileIds.length > 0 && setIsTold(true)), [])
  const canHave = account && (account.user || isTold || pageSession())
  return canHave ? <Bell hasAccount={account.user !== null} /> : null
}
