'use client'

import { useSonner } from 'sonner'

/** The page's one polite live region: how the videos get on, and the latest action that failed. */
export function LiveRegion({ announcement }: { announcement: string }) {
  const { toasts } = useSonner()
  const failure = toasts.find(({ type }) => type === 'error')?.title
  return (
    <output aria-live="polite" className="sr-only">
      <span>{announcement}</span>
      <span>{typeof failure === 'string' && failure}</span>
    </output>
  )
}
