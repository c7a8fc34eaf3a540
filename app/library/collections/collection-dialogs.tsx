'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/form/field'
import { TextInput } from '#components/ui/form/text-field'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { Dialog } from '#components/ui/overlay/dialog'
import { type CollectionView, collectionNameAtMost } from '#lib/contract/library/library'
import { ProblemError } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'
import { message } from '#lib/messages/message'

interface NameDialogProps {
  /** The collection to rename; a new one without. */
  collection: CollectionView | undefined
  isOpen: boolean
  /** Rejects with `ProblemError` where the name is refused. */
  onSave: (name: string) => Promise<void>
  onClose: () => void
}

/** Names a collection, a new one or one there is. */
export function NameDialog({ collection, isOpen, onSave, onClose }: NameDialogProps) {
  const t = useTranslations('library.collection')
  return (
    <Dialog
      title={collection ? t('renameTitle', { name: collection.name }) : t('newTitle')}
      isOpen={isOpen}
      onClose={onClose}
    >
      <NameForm collection={collection} onSave={onSave} />
    </Dialog>
  )
}

function NameForm({ collection, onSave }: Pick<NameDialogProps, 'collection' | 'onSave'>) {
  const t = useTranslations('library.collection')
  const id = useId()
  const [name, setName] = useState(collection?.name ?? '')
  const [fault, setFault] = useState<Sentence>()
  const [isBusy, setIsBusy] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    if (!name.trim()) {
      setFault(message('library.collection.needName'))
      return
    }
    setIsBusy(true)
    setFault(undefined)
    try {
      await onSave(name.trim())
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setFault(error.problem.detail)
    } finally {
      setIsBusy(false)
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
          maxLength={collectionNameAtMost}
          aria-invalid={fault !== undefined}
          aria-describedby={fault && `${id}-error`}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Button type="submit" variant="primary" aria-disabled={isBusy}>
        {t('save')}
      </Button>
    </form>
  )
}

interface DeleteCollectionProps {
  collection: CollectionView
  isOpen: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before a collection is deleted; what is in it stays. */
export function DeleteCollection({ collection, ...dialog }: DeleteCollectionProps) {
  const t = useTranslations('library.collection')
  const name = <bdi>{collection.name}</bdi>
  return (
    <ConfirmDialog
      title={t('deleteTitle')}
      description={t.rich('deleteNote', { name: () => name })}
      action={t('delete')}
      {...dialog}
    />
  )
}
