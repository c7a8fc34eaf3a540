'use client'

import { showToast } from '#components/ui/toast/show-toast'
import type { FileView } from '#lib/contract/file-view'
import type { TemplateView } from '#lib/contract/library/templates'
import type { ModelView } from '#lib/contract/model-view'
import { type Sentence, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { useDialog } from '../../../hooks/use-dialog.ts'
import { modelFor } from '../form/keep-what-fits.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'
import { type TemplateDraft, composerOf, draftOfFile } from './composer-template.ts'

interface TemplatesOptions {
  form: ComposerForm
  models: readonly ModelView[]
  /** Called when the form was filled. */
  onFilled: () => void
  announce: (sentence: string) => void
}

/** The templates of a studio: the dialog they are in, and the one in which a file becomes one. */
export function useTemplatesDialog({ form, models, onFilled, announce }: TemplatesOptions) {
  const say = useSay()
  const browsing = useDialog<ComposerForm['makes']>()
  const saving = useDialog<TemplateDraft>()
  const use = (template: TemplateView, prompt: string) => {
    const { model, maxUsd } = form.values
    const composer = composerOf(template, prompt, { model, maxUsd })
    browsing.close()
    form.refill(composer)
    onFilled()
    announce(say(message('templates.used', { name: template.name })))
    const gone = modelGone(template, modelFor(models, composer), models)
    if (!gone) return
    showToast({ kind: 'info', title: gone, durationMs: 10_000 })
    announce(say(gone))
  }
  return {
    form,
    models,
    announce,
    browsing,
    saving,
    use,
    saveFile: (view: FileView) => saving.open(draftOfFile(view)),
  }
}

/** What is said of the model of a template that has left the catalogue; null where it is still there. */
function modelGone(
  { settings: { model } }: TemplateView,
  instead: ModelView | undefined,
  models: readonly ModelView[],
): Sentence | null {
  if (!model || !instead || models.some(({ id }) => id === model)) return null
  return message('studio.modelGone', { model, instead: instead.label })
}
