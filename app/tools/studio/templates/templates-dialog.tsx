'use client'

import { PlusIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/overlay/dialog'
import { useTemplates } from '#lib/ai/api/templates'
import { type TemplateView, isFoundBy } from '#lib/contract/library/templates'
import type { ModelView } from '#lib/contract/model-view'
import { useSay } from '#lib/messages/use-say'
import { useDialog } from '../../../hooks/use-dialog.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'
import { type TemplateDraft, draftOfForm } from './composer-template.ts'
import { SaveTemplateDialog } from './save-template-dialog.tsx'
import { TemplateDetail } from './template-detail.tsx'
import { TemplateList } from './template-list.tsx'
import { DeleteTemplate, useTemplateActions } from './use-template-actions.tsx'

interface TemplatesDialogProps {
  form: ComposerForm
  models: readonly ModelView[]
  /** Fills the composer. */
  onUse: (template: TemplateView, prompt: string) => void
  announce: (sentence: string) => void
  isOpen: boolean
  onClose: () => void
}

/** Saved composers: found, read, filled in and used. */
export function TemplatesDialog({ isOpen, onClose, ...props }: TemplatesDialogProps) {
  const t = useTranslations('templates')
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <Templates {...props} />
    </Dialog>
  )
}

type TemplatesProps = Omit<TemplatesDialogProps, 'isOpen' | 'onClose'>

function Templates(props: TemplatesProps) {
  const { form, models, onUse } = props
  const { found, shown, saving, deletion, chosenId, choose, ...rest } = useTemplatesState(props)
  if (rest.error && !found) return <LoadFailed detail={rest.error.detail} onRetry={rest.reload} />
  return (
    <div className="lg:grid lg:min-h-[32rem] lg:grid-cols-[20rem_minmax(0,1fr)] lg:gap-8">
      <div className={chosenId === undefined ? undefined : 'max-lg:hidden'}>
        <SaveForm form={form} onDraft={saving.open} />
        <TemplateList
          templates={found}
          q={rest.q}
          onSearch={rest.setQ}
          shownId={shown?.id}
          onChoose={choose}
          onStar={rest.star}
        />
      </div>
      {shown && (
        <div className={chosenId === undefined ? 'max-lg:hidden' : undefined}>
          <TemplateDetail
            key={shown.id}
            template={shown}
            models={models}
            onBack={() => choose(undefined)}
            onUse={onUse}
            onDraft={saving.open}
            onDelete={deletion.open}
          />
        </div>
      )}
      {saving.subject && (
        <SaveTemplateDialog
          draft={saving.subject}
          isOpen={saving.isOpen}
          onSaved={rest.onSaved}
          onClose={saving.close}
        />
      )}
      {deletion.subject && (
        <DeleteTemplate
          template={deletion.subject}
          isOpen={deletion.isOpen}
          onConfirm={rest.remove}
          onClose={deletion.close}
        />
      )}
    </div>
  )
}

function useTemplatesState({ form, announce }: TemplatesProps) {
  const t = useTranslations('templates')
  const { templates, error, reload } = useTemplates(form.makes)
  const [q, setQ] = useState('')
  const saving = useDialog<TemplateDraft>()
  const { chosenId, choose } = useChosen()
  const found = templates?.filter((one) => isFoundBy(one, q))
  // Where there is room the first one is shown beside the list.
  const shown = found?.find(({ id }) => id === chosenId) ?? found?.[0]
  const actions = useTemplateActions({ reload, announce, onGone: () => choose(undefined) })
  const onSaved = (saved: TemplateView) => {
    saving.close()
    setQ('')
    announce(t('saved', { name: saved.name }))
    void reload().then(() => choose(saved.id))
  }
  return { found, shown, error, reload, q, setQ, saving, onSaved, chosenId, choose, ...actions }
}

interface SaveFormProps {
  form: ComposerForm
  onDraft: (draft: TemplateDraft) => void
}

/** The way from what is in the composer to a template. */
function SaveForm({ form, onDraft }: SaveFormProps) {
  const t = useTranslations('templates')
  return (
    <Button
      className="mb-3 w-full"
      disabled={!form.values.prompt.trim()}
      onClick={() => onDraft(draftOfForm(form))}
    >
      <PlusIcon aria-hidden="true" />
      <span>{t('saveForm')}</span>
    </Button>
  )
}

/** The chosen template. On a phone it takes the place of the list: the focus goes along. */
function useChosen() {
  const [chosen, setChosen] = useState<{ id?: string | undefined; from?: string | undefined }>()
  useEffect(() => {
    if (!chosen) return
    const target = chosen.id ? 'template-detail' : `template-${chosen.from}`
    document.getElementById(target)?.focus()
  }, [chosen])
  return {
    chosenId: chosen?.id,
    choose: (id: string | undefined) => setChosen({ id, from: chosen?.id }),
  }
}

interface LoadFailedProps {
  detail: Parameters<ReturnType<typeof useSay>>[0]
  onRetry: () => Promise<void>
}

function LoadFailed({ detail, onRetry }: LoadFailedProps) {
  const t = useTranslations()
  const say = useSay()
  return (
    <div role="alert" className="border-l-2 border-signal pl-4 text-sm">
      <p>{t('templates.loadFailed')}</p>
      <p className="mt-1 text-soft">{say(detail)}</p>
      <Button size="small" className="mt-2" onClick={() => void onRetry()}>
        {t('ui.retry')}
      </Button>
    </div>
  )
}
