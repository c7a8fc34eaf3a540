'use client'

import { useSay } from '#lib/messages/use-say'
import type { Deletion } from '#components/video/actions/delete-dialog'
import {
  otherModels,
  priceAgain,
  requestAgain,
  tookSeed,
} from '#components/video/actions/make-again.ts'
import type { FileView } from '#lib/contract/file-view'
import { limitSentence } from '#lib/contract/choose-route'
import type { ModelView } from '#lib/contract/model-view'
import { useDialog } from '../../../../hooks/use-dialog.ts'
import type { useVideoGenerator } from '../../hooks/use-video-generator.ts'
import { fromSettings } from '../form/composer-values.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'
import type { Pictures } from '../form/use-pictures.ts'
import type { GenerationHandlers } from './generation-handlers.tsx'
import { useStartsFrom } from './use-starts-from.ts'

interface StudioActionsOptions {
  generator: ReturnType<typeof useVideoGenerator>
  form: ComposerForm
  models: readonly ModelView[]
  pictures: Pictures
  /** Called with every start that is sent. */
  onStart: () => void
}

const focusDelayMs = 50

/** The actions of the buttons on stage, cards and dialogs. */
export function useStudioActions(options: StudioActionsOptions) {
  const { generator, form, models, pictures, onStart } = options
  const largeView = useDialog<FileView>()
  const deletion = useDialog<Deletion>()
  const { announce } = generator
  const onFilled = () => {
    largeView.close()
    // After menu and dialog have closed: each returns the focus to its origin.
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
    // The element with the focus is about to be removed.
    document.getElementById('history-heading')?.focus()
  }
  const submit = () =>
    form.submit(async (request) => {
      onStart()
      const { success } = await generator.generateVideo(request)
      if (success) scrollTo({ top: 0 })
      return success
    })
  return { submit, handlers, largeView, deletion, confirmDeletion }
}

export type StudioActions = ReturnType<typeof useStudioActions>

interface RetryOptions {
  generator: Pick<ReturnType<typeof useVideoGenerator>, 'viewOf' | 'retry' | 'announce'>
  form: ComposerForm
  models: readonly ModelView[]
}

/**
 * Makes a video again, with its own model or another one, within its own limit. If the limit is too low, nothing is
 * started: the form is filled with its settings, and an error at the limit names the price and what to do.
 */
function useRetry({ generator, form, models }: RetryOptions) {
  const say = useSay()
  return (fileId: string, modelId?: string) => {
    const view = generator.viewOf(fileId)
    if (!view) return
    const request = requestAgain(view, models, modelId)
    const model = models.find(({ id }) => id === request.model)
    const limitReached = model && limitSentence(model, request)
    if (!limitReached) {
      void generator.retry(fileId, request)
      return
    }
    const limitMessage = say(limitReached)
    const { seed } = request
    const settings = { ...fromSettings(view.settings), model: request.model }
    form.refill({ ...settings, seed: seed === null ? '' : String(seed) })
    form.showFault('maxUsd', limitMessage)
    generator.announce(limitMessage)
    // After the menu has closed: it returns the focus to its origin.
    setTimeout(() => document.getElementById('maxUsd')?.focus(), focusDelayMs)
  }
}
