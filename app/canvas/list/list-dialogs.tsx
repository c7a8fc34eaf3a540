'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/form/field'
import { TextInput } from '#components/ui/form/text-field'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { Dialog } from '#components/ui/overlay/dialog'
import { ProblemError } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'
import type { CanvasList } from './use-canvases.ts'

/** What is asked before a canvas is named, deleted, or brought in without what is not the user's. */
export function ListDialogs({ list: { dialog, open, actions } }: { list: CanvasList }) {
  const t = useTranslations('canvasList')
  const onClose = () => open(null)
  return (
    <>
      <Dialog title={t('rename.title')} isOpen={dialog?.kind === 'rename'} onClose={onClose}>
        {dialog?.kind === 'rename' && (
          <NameForm
            before={dialog.canvas.name}
            onSave={(name) => actions.rename(dialog.canvas, name)}
          />
        )}
      </Dialog>
      <ConfirmDialog
        title={t('delete.title')}
        description={t('delete.says')}
        action={t('delete.yes')}
        isOpen={dialog?.kind === 'delete'}
        onConfirm={() => void (dialog?.kind === 'delete' && actions.deleteForGood(dialog.canvas))}
        onClose={onClose}
      />
      <ConfirmDialog
        title={t('importing.title')}
        description={dialog?.kind === 'foreign' && dialog.says}
        action={t('importing.without')}
        isOpen={dialog?.kind === 'foreign'}
        onConfirm={() => void (dialog?.kind === 'foreign' && actions.importOwn(dialog.file))}
        onClose={onClose}
      />
    </>
  )
}

interface NameFormProps {
  before: string
  /** Rejects with `ProblemError` where the name is refused. */
  onSave: (name: string) => Promise<void>
}

function NameForm({ before, onSave }: NameFormProps) {
  const t = useTranslations('canvasList.rename')
  const id = useId()
  const [name, setName] = useState(before)
  const [fault, setFault] = useState<Sentence>()
  const save = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await onSave(name.trim())
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setFault(error.problem.detail)
    }
  }
  return (
    <form className="max-w-md space-y-4" noValidate onSubmit={(event) => void save(event)}>
      <Field label={t('name')} htmlFor={id} error={fault}>
        <TextInput
          id={id}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the only field of a dialog that was just asked for
          autoFocus
          value={name}
          maxLength={200}
          aria-invalid={fault !== undefined}
          aria-describedby={fault && `${id}-error`}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Button type="submit" variant="primary">
        {t('save')}
      </Button>
    </form>
  )
}
