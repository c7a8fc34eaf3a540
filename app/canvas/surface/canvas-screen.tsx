'use client'

import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { lazyPart } from '#components/ui/lazy-part'
import { useConnection } from '#lib/delivery/use-connection'
import { RoomHeader } from '../../room-header.tsx'

const Surface = lazyPart(() => import('./surface.tsx').then((file) => file.Surface))

const never = () => () => {}

/** One canvas. What draws it is loaded on this page only, and in the browser. */
export function CanvasScreen({ canvasId }: { canvasId: string }) {
  const t = useTranslations('canvas')
  const connection = useConnection()
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <div className="flex h-dvh flex-col">
      <RoomHeader room="canvas" skip={{ href: '#canvas', words: t('skip') }} status={connection} />
      <main id="canvas" tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col">
        {isBrowser && <Surface key={canvasId} canvasId={canvasId} />}
      </main>
    </div>
  )
}
