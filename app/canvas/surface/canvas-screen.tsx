'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { isCanvasView } from '#lib/contract/canvas/canvas'
import { useConnection } from '#lib/delivery/use-connection'
import { RoomHeader } from '../../room-header.tsx'
import { FittedOutline } from './outline.tsx'
// With the page itself, not once that has come to life: it would come a second later.
import { Surface } from './surface.tsx'

const never = () => () => {}

interface CanvasScreenProps {
  canvasId: string
  /** The canvas as JSON, as the server had it; null where the page must read it. */
  sent: string | null
}

/** One canvas: its outline as it comes from the server, and drawn in the browser. */
export function CanvasScreen({ canvasId, sent }: CanvasScreenProps) {
  const t = useTranslations('canvas')
  const connection = useConnection()
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const [view] = useState(() => viewOf(sent))
  const isDrawn = useDrawn()
  return (
    <div className="flex h-dvh flex-col">
      <RoomHeader room="canvas" skip={{ href: '#canvas', words: t('skip') }} status={connection} />
      <main id="canvas" tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col">
        {view && !isDrawn && <FittedOutline view={view} />}
        {isBrowser && <Surface canvasId={canvasId} sent={view} />}
      </main>
    </div>
  )
}

function viewOf(sent: string | null) {
  const view: unknown = sent === null ? null : JSON.parse(sent)
  return isCanvasView(view) ? view : null
}

/** Whether the page has drawn its canvas itself: two frames after it came to life. */
function useDrawn() {
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setDrawn(true))
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return isDrawn
}
