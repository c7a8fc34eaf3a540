'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useSyncExternalStore } from 'react'
import { lazyPart } from '#components/ui/lazy-part'
import { openCanvasDoc } from '#lib/delivery/canvas/open-canvas'
import { useConnection } from '#lib/delivery/use-connection'
import { RoomHeader } from '../../room-header.tsx'

const load = () => import('./surface.tsx').then((file) => file.Surface)
const Surface = lazyPart(load)
// On its way while the page around it comes to life. Where that fails, the drawing of it tells.
if (typeof window !== 'undefined') load().catch(() => {})

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
  // Read while what draws it is on its way.
  useEffect(() => openCanvasDoc(canvasId).subscribe(() => {}), [canvasId])
  return (
    <div className="flex h-dvh flex-col">
      <RoomHeader room="canvas" skip={{ href: '#canvas', words: t('skip') }} status={connection} />
      <main id="canvas" tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col">
        {isBrowser && <Surface key={canvasId} canvasId={canvasId} />}
      </main>
    </div>
  )
}
