'use client'

import { useTranslations } from 'next-intl'
import { showToast } from '#components/ui/toast/show-toast'
import { message } from '#lib/messages/message'
import type { TemplateDraft } from './composer-template.ts'
import { SaveTemplateDialog } from './save-template-dialog.tsx'

interface SavedTemplateProps {
  draft: TemplateDraft
  announce: (sentence: string) => void
  isOpen: boolean
  onClose: () => void
}

/** Makes a template of a file, and says that it is saved. */
export function SavedTemplate({ draft, announce, isOpen, onClose }: SavedTemplateProps) {
  const t = useTranslations('templates')
  return (
    <SaveTemplateDialog
      draft={draft}
      isOpen={isOpen}
      onSaved={({ name }) => {
        onClose()
        showToast({ kind: 'success', title: message('templates.saved', { name }) })
        announce(t('saved', { name }))
      }}
      onClose={onClose}
    />
  )
}
