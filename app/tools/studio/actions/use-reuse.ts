'use client'

import { showToast } from '#components/ui/toast/show-toast'
import { tookSeed } from '#components/video/actions/make-again.ts'
import type { FileView } from '#lib/contract/file-view'
import { hasSource } from '#lib/contract/generation'
import type { ModelView } from '#lib/contract/model-view'
import { type Sentence, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { type ComposerValues, fromView } from '../form/composer-values.ts'
import { modelFor } from '../form/keep-what-fits.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'
import { useLinkedFile } from '../form/use-linked-file.ts'

/** What a reused composer says of its model, where that has left the catalogue; null where it is still there. */
export function modelGone(view: FileView, models: readonly ModelView[]): Sentence | null {
  if (models.some(({ id }) => id === view.settings.model)) return null
  const instead = modelFor(models, fromView(view))
  if (!instead) return null
  return message('studio.modelGone', { model: view.modelLabel, instead: instead.label })
}

/** The whole form as it was for a file; without its seed where that was not used. */
export function settingsOf(view: FileView, models: readonly ModelView[]): Partial<ComposerValues> {
  const settings = fromView(view)
  return tookSeed(view, models) ? settings : { ...settings, seed: '' }
}

/** Fills the whole form as it was for a file that a link names, its inputs too. Never starts anything. */
export function useReuse(
  fileId: string | undefined,
  form: ComposerForm,
  models: readonly ModelView[],
  {
    generator: { announce },
    making,
  }: {
    generator: { announce: (sentence: string) => void }
    /** Opened with what no form makes. */
    making: { open: (view: FileView) => void }
  },
) {
  const say = useSay()
  useLinkedFile({
    fileId,
    isReady: models.length > 0,
    onFile: (view) => {
      if (hasSource(view)) {
        history.replaceState(null, '', location.pathname)
        making.open(view)
        return
      }
      form.refill(settingsOf(view, models))
      // What is changed from here on is a draft of its own, also after a reload.
      history.replaceState(null, '', location.pathname)
      const gone = modelGone(view, models)
      if (gone) showToast({ kind: 'info', title: gone, durationMs: 10_000 })
      if (gone) announce(say(gone))
    },
    onFailure: (why) => {
      showToast({ kind: 'error', title: message('studio.reuseFailed'), description: why })
      announce(say(why))
    },
  })
}
