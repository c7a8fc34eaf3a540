'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { formatUsd } from '#components/ui/format.ts'
import type { FileView } from '#lib/contract/file-view'

// Rare and large: loaded when first opened.
const ConfirmDialog = dynamic(() =>
  import('#components/ui/overlay/confirm-dialog').then((file) => file.ConfirmDialog),
)

interface CancelButtonProps {
  view: FileView
  onCancel: (fileId: string) => Promise<void>
  /** The id of the note that says what it costs. */
  noteId?: string
}

/** Cancels a video, and asks first where that saves no money. Hidden once it cannot be canceled. */
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
        title={cancelMessage(view)}
        aria-disabled={busy}
        onClick={mustAsk ? () => ask(true) : cancel}
      >
        Cancel
      </Button>
      {isAsking !== undefined && (
        <CostDialog
          title="Cancel this video?"
          description={wasteMessage(view)}
          action="Cancel and pay"
          isOpen={isAsking}
          onConfirm={cancel}
          onClose={() => ask(false)}
        />
      )}
    </>
  )
}

interface CostDialogProps {
  title: string
  description: string
  /** Label of the button that costs money. */
  action: string
  isOpen: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before a step that wastes money or may cost it twice; the button that waits has the focus. */
export function CostDialog({ onConfirm, onClose, ...asked }: CostDialogProps) {
  const confirm = () => {
    onClose()
    onConfirm()
  }
  return <ConfirmDialog {...asked} keepLabel="Keep waiting" onConfirm={confirm} onClose={onClose} />
}

/** What canceling a video costs, in one sentence. */
export function cancelMessage({ cost: { providerUsd }, isBilledAnyway, providerLabel }: FileView) {
  if (!providerUsd || !isBilledAnyway) return 'Canceling costs nothing.'
  return `Canceling still costs ${formatUsd(providerUsd)}: ${providerLabel} cannot stop a running job.`
}

/** What canceling costs where the provider bills the video anyway. */
export function wasteMessage({ state, providerLabel, cost: { providerUsd } }: FileView) {
  if (state === 'submit_unknown')
    return `If ${providerLabel} has started it, canceling still costs ${formatUsd(providerUsd)}, and the video is thrown away.`
  return `${providerLabel} cannot stop a running job. Canceling still costs ${formatUsd(providerUsd)}, and the video is thrown away.`
}

/** What submitting again may cost where the outcome of the first submit is unknown. */
export function doubleChargeMessage({ providerLabel, cost: { providerUsd } }: FileView) {
  const price = providerUsd ? `, ${formatUsd(providerUsd)} each time` : ''
  return `If ${providerLabel} has taken the first try after all, it makes the video twice and may charge it twice${price}. Only one of the two is kept.`
}
