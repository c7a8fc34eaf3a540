'use client'

import { useEffect } from 'react'
import { followHistory } from '#components/ui/overlay/back-closes.ts'
import { followTheme } from '#components/ui/theme'
import { catchFiles } from './catch-files.ts'
import { NewVersionBar } from './new-version-bar.tsx'
import { registerServiceWorker } from './service-worker.ts'

/** What holds on every page: Back, the theme, files dropped anywhere, the worker behind the pages, and the offer to reload an old page. */
export function PageGuards() {
  useEffect(followHistory, [])
  useEffect(followTheme, [])
  useEffect(catchFiles, [])
  useEffect(registerServiceWorker, [])
  return <NewVersionBar />
}
