'use client'

import { ConfirmDialog } from '#components/ui/confirm-dialog'

interface CostDialogProps {
  title: string
  description: string
  /** What the costly button says. */
  action: string
  isOpen: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before a step that costs money for nothing, or may cost it twice; waiting has the focus. */
export function CostDialog({ onConfirm, onClose, ...asked }: CostDialogProps) {
  const confirm = () => {
    onClose()
    onConfirm()
  }
  return <ConfirmDialog {...asked} keepLabel="Keep waiting" onConfirm={confirm} onClose={onClose} />
}
