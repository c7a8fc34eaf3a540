'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useSyncExternalStore } from 'react'

/**
 * Says within ten seconds that the page's scripts have not arrived, and what to set. It needs neither scripts nor
 * stylesheets; the page that has come to life removes it.
 */
export function FilesMissing() {
  const t = useTranslations('page')
  const isAlive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  if (isAlive) return null
  return (
    <div id="files-missing" role="alert">
      <style>{style}</style>
      <strong>{t('filesMissing')}</strong>
      <p>{t('filesMissingHelp')}</p>
      <p>{t.rich('filesMissingProxy', tags)}</p>
    </div>
  )
}

const tags = { code: (words: ReactNode) => <code>{words}</code> }

function never() {
  return () => {}
}

/** Beyond every other style, and late: a page that loads in time never shows it. */
const style = `
#files-missing { position: fixed; inset: 0 0 auto; z-index: 99; padding: 1rem 1.5rem; visibility: hidden;
  font: 1rem/1.5 system-ui, sans-serif; color: #131312; background: #fffefb; border-bottom: 2px solid #ff4b1f;
  animation: files-missing 1s 8s steps(1, end) forwards !important }
#files-missing p { margin: 0.25rem 0 0 }
@keyframes files-missing { to { visibility: visible } }
@media (prefers-color-scheme: dark) { #files-missing { color: #f3f1ec; background: #18181b } }
`
