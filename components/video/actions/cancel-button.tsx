'use client'

import { useTranslations } from 'next-intl'
import { lazyPart } from '#components/ui/lazy-part'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import { type MessageRef, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'

// Rare and large: loaded when first opened.
const ConfirmDialog = lazyPart(() =>
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
  const t = useTranslations('card')
  const say = useSay()
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
        title={say(cancelMessage(view))}
        aria-disabled={busy}
        onClick={mustAsk ? () => ask(true) : cancel}
      >
        {t('action.cancel')}
      </Button>
      {isAsking !== undefined && (
        <CostDialog
          title={t('cancel.title', { kind: view.type })}
          description={say(wasteMessage(view))}
          action={t('cancel.confirm')}
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
  const t = useTranslations('card.cancel')
  const confirm = () => {
    onClose()
    onConfirm()
  }
  return <ConfirmDialog {...asked} keepLabel={t('keep')} onConfirm={confirm} onClose={onClose} />
}

/** What canceling a video costs, in one sentence. */
export function cancelMessage(view: FileView): MessageRef {
  if (!view.cost.providerUsd || !view.isBilledAnyway) return message('card.cancel.free')
  return message('card.cancel.billed', billOf(view))
}

/** What canceling costs where the provider bills the video anyway. */
export function wasteMessage(view: FileView): MessageRef {
  const isUnknown = view.state === 'submit_unknown'
  return message(isUnknown ? 'card.cancel.wasteUnknown' : 'card.cancel.waste', {
    ...billOf(view),
    kind: view.type,
  })
}

/** What submitting again may cost where the outcome of the first submit is unknown. */
export function doubleChargeMessage(view: FileView): MessageRef {
  const { provider, price } = billOf(view)
  const kind = view.type
  if (!price.usd) return message('card.outcome.twiceUnpriced', { provider, kind })
  return message('card.outcome.twice', { provider, price, kind })
}

function billOf({ providerLabel, cost: { providerUsd } }: FileView) {
  return { provider: providerLabel, price: { usd: providerUsd } }
}
