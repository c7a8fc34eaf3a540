'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Button } from '#components/ui/button'
import { buttonStyle } from '#components/ui/button-style'

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
export function CostDialog(props: CostDialogProps) {
  const { title, description, action, isOpen, onConfirm, onClose } = props
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-50 bg-veil" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(27rem,calc(100vw-2rem))] -translate-1/2 rounded-lg border border-hairline bg-raised p-6 outline-none">
          <AlertDialog.Title className="text-lg font-semibold tracking-tight">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-sm text-pretty text-soft tabular-nums">
            {description}
          </AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <AlertDialog.Close className={buttonStyle({ variant: 'outline' })}>
              Keep waiting
            </AlertDialog.Close>
            <Button
              variant="danger"
              onClick={() => {
                onClose()
                onConfirm()
              }}
            >
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
