'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { changeTemplate, deleteTemplate } from '#lib/ai/api/templates'
import type { TemplateView } from '#lib/contract/library/templates'
import { useSay } from '#lib/messages/use-say'
import { reportFailure } from '../../../hooks/report-failure.ts'
import { useDialog } from '../../../hooks/use-dialog.ts'

interface TemplateActionsOptions {
  reload: () => Promise<void>
  announce: (sentence: string) => void
  /** Called once the chosen one is deleted. */
  onGone: () => void
}

/** Stars templates, and deletes them once that is confirmed. */
export function useTemplateActions({ reload, announce, onGone }: TemplateActionsOptions) {
  const t = useTranslations('templates')
  const say = useSay()
  const deletion = useDialog<TemplateView>()
  const run = (action: () => Promise<void>) =>
    void reportFailure(action(), (sentence) => announce(say(sentence)))
  const star = ({ id, isStarred }: TemplateView) =>
    run(async () => {
      await changeTemplate(id, { isStarred: !isStarred })
      await reload()
    })
  const remove = ({ id, name }: TemplateView) =>
    run(async () => {
      deletion.close()
      await deleteTemplate(id)
      onGone()
      await reload()
      announce(t('deleted', { name }))
    })
  return { star, deletion, remove }
}

interface DeleteTemplateProps {
  template: TemplateView
  isOpen: boolean
  onConfirm: (template: TemplateView) => void
  onClose: () => void
}

/** Asks before a template is deleted. */
export function DeleteTemplate({ template, isOpen, onConfirm, onClose }: DeleteTemplateProps) {
  const t = useTranslations('templates')
  const name = <bdi>{template.name}</bdi>
  return (
    <ConfirmDialog
      title={t('deleteTitle')}
      description={t.rich(template.isShared ? 'deleteSharedNote' : 'deleteNote', {
        name: () => name,
      })}
      action={t('delete')}
      isOpen={isOpen}
      onConfirm={() => onConfirm(template)}
      onClose={onClose}
    />
  )
}
