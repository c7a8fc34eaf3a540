'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import { cancelWords, wasteWords } from './billing-words.ts'

interface CancelButtonProps {
  view: FileView
  onCancel: (fileId: string) => Promise<void>
  /** The id of the words that say what it costs. */
  noteId?: string
}

const CostDialog = dynamic(() => import('./cost-dialog.tsx').then((file) => file.CostDialog))

/** Stops a video; where that saves nothing, it asks first. Nothing where it cannot be stopped any more. */
export function CancelButton({ view, onCancel, noteId }: CancelButtonProps) {
  const [busy, setBusy] = useState(false)
  const [isAsking, ask] = useState<boolean>()
  if (!view.canCancel) return null
  const cancel = () => {
    setBusy(true)
    void onCancel(view.id).finally(() => setBusy(false))
  }
  const mustAsk = view.isBilledAnyway && view.cost.providerUsd > 0
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-describedby={noteId}
        aria-haspopup={mustAsk ? 'dialog' : undefined}
        title={cancelWords(view)}
        aria-disabled={busy}
        onClick={mustAsk ? () => ask(true) : cancel}
      >
        Cancel
      </Button>
      {isAsking !== undefined && (
        <CostDialog
          title="Cancel this video?"
          description={wasteWords(view)}
          action="Cancel and pay"
          isOpen={isAsking}
          onConfirm={cancel}
          onClose={() => ask(false)}
        />
      )}
    </>
  )
}
