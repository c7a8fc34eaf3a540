'use client'

import { useEffect } from 'react'
import { followHistory } from '#components/ui/overlay/back-closes.ts'
import { followTheme } from '#components/ui/theme'
import { catchFiles } from './catch-files.ts'
import { NewVersionBar } from './new-version-bar.tsx'

/** What holds on every page: Back, the theme, files dropped anywhere, and the offer to reload an old page. */
export function PageGuards() {
  useEffect(followHistory, [])
  useEffect(followTheme, [])
  useEffect(catchFiles, [])
  return <NewVersionBar />
}
