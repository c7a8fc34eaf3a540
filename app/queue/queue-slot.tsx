'use client'

import { useEffect, useState } from 'react'
import { useAccount } from '#lib/ai/api/people/use-account'
import { pageSession } from '#lib/contract/calls/page-session'
import { onView } from '#lib/delivery/file-store'
import { headerPart } from '../header-part.tsx'

const Queue = headerPart(() => import('./queue.tsx').then((file) => file.Queue))

/** The place of the queue in the header. Its code is loaded for one who can have something in it. */
export function QueueSlot() {
  const account = useAccount()
  const [hasStarted, setHasStarted] = useState(false)
  useEffect(() => onView(() => setHasStarted(true)), [])
  const canHave = account && (account.user || hasStarted || pageSession())
  return canHave ? <Queue /> : null
}
