'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from '#components/ui/button'
import { isNewerBuild, noteBuild, onNewerBuild } from '#lib/contract/calls/build'

const atServer = () => false

/** Offers a reload where the server runs a newer build, or a part of this page could not be loaded. */
export function NewVersionBar() {
  const t = useTranslations()
  const isNewer = useSyncExternalStore(onNewerBuild, isNewerBuild, atServer)
  const [hasGap, setHasGap] = useState(false)
  const [isHidden, hide] = useState(false)
  useEffect(() => watchParts(() => setHasGap(true)), [])
  if (isHidden || !(isNewer || hasGap)) return null
  return (
    <output className={barStyle}>
      <p className="min-w-48 flex-1 text-pretty">{t(isNewer ? 'page.newVersion' : 'page.gap')}</p>
      <div className="flex gap-2">
        <Button size="small" variant="primary" onClick={() => location.reload()}>
          {t('ui.reload')}
        </Button>
        <Button size="small" variant="quiet" onClick={() => hide(true)}>
          {t('page.later')}
        </Button>
      </div>
    </output>
  )
}

const barStyle = [
  'fixed inset-x-3 top-16 z-60 mx-auto flex max-w-2xl flex-wrap items-center gap-x-4 gap-y-2',
  'rounded-lg border border-edge bg-raised px-4 py-3 text-sm',
].join(' ')

const partPath = '/_next/static/'

/** Calls back when a script or a stylesheet of the page cannot be loaded, and asks the server for its build. */
function watchParts(onGap: () => void) {
  const look = ({ target }: Event) => {
    const url =
      target instanceof HTMLScriptElement
        ? target.src
        : target instanceof HTMLLinkElement
          ? target.href
          : ''
    if (!url.includes(partPath)) return
    onGap()
    fetch(url, { method: 'HEAD', cache: 'no-store' }).then(noteBuild, () => {})
  }
  // Errors of elements do not bubble.
  addEventListener('error', look, { capture: true })
  return () => removeEventListener('error', look, { capture: true })
}
