'use client'

import type { FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import type { useVideoGenerator } from '../hooks/use-video-generator.ts'
import { fromSettings } from './composer-values.ts'
import type { Deletion } from './delete-dialog.tsx'
import type { GenerationHandlers } from './generation-handlers.ts'
import type { Pictures } from './inputs/use-pictures.ts'
import { loadStage } from './load-stage.ts'
import { otherModels, tookSeed } from '../../../../components/video/settings-again.ts'
import type { ComposerForm } from './use-composer-form.ts'
import { priceAgain } from '../../../../components/video/price-again.ts'
import { useDialog } from '../../../hooks/use-dialog.ts'
import { useRetry } from './use-retry.ts'
import { useStartsFrom } from './use-starts-from.ts'

interface StudioActionsOptions {
  generator: ReturnType<typeof useVideoGenerator>
  form: ComposerForm
  models: readonly ModelView[]
  pictures: Pictures
}

const focusDelayMs = 50

/** What the buttons on stage, cards and dialogs do. */
export function useStudioActions({ generator, form, models, pictures }: StudioActionsOptions) {
  const largeView = useDialog<FileView>()
  const deletion = useDialog<Deletion>()
  const { announce } = generator
  const onFilled = () => {
    largeView.close()
    // Only after menu and dialog have closed, each of which gives the focus back to where it came from.
    setTimeout(() => document.getElementById('prompt')?.focus(), focusDelayMs)
  }
  const startsFrom = useStartsFrom({ form, models, pictures, onFilled, announce })
  const again = useRetry({ generator, form, models })
  const handlers: GenerationHandlers = {
    onOpen: largeView.open,
    onDelete: deletion.open,
    onReuse: (view) => {
      const settings = fromSettings(view.settings)
      form.refill(tookSeed(view, models) ? settings : { ...settings, seed: '' })
      onFilled()
    },
    onRetry: again,
    onRetryWith: again,
    onCheck: generator.forceCheckResults,
    onResubmit: generator.resubmitVideo,
    onCancel: generator.cancelVideo,
    offersFor: (view) => otherModels(view, models),
    priceOf: (view) => priceAgain(view, models),
    startsFrom,
  }
  const confirmDeletion = (what: Deletion) => {
    deletion.close()
    largeView.close()
    void (what === 'finished' ? generator.clearVideos() : generator.deleteVideo(what.id))
    // What had the focus is about to be gone.
    document.getElementById('history-heading')?.focus()
  }
  const submit = () =>
    form.submit(async (request) => {
      void loadStage()
      const { success } = await generator.generateVideo(request)
      if (success) scrollTo({ top: 0 })
    })
  return { submit, handlers, largeView, deletion, confirmDeletion }
}

export type StudioActions = ReturnType<typeof useStudioActions>
