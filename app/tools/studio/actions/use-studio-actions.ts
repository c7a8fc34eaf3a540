'use client'

import { useSay } from '#lib/messages/use-say'
import { otherModels, priceAgain, requestAgain } from '#components/video/actions/make-again.ts'
import type { FileView } from '#lib/contract/file-view'
import { limitSentence } from '#lib/contract/choose-route'
import { hasSource } from '#lib/contract/generation'
import type { ModelView } from '#lib/contract/model-view'
import { useDialog } from '../../../hooks/use-dialog.ts'
import { fromView } from '../form/composer-values.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'
import type { Pictures } from '../form/pictures/use-pictures.ts'
import type { Generator } from '../hooks/use-generator.ts'
import type { StudioKind } from '../kinds/studio-kind.ts'
import type { GenerationHandlers } from './generation-handlers.tsx'
import { useTemplatesDialog } from '../templates/use-templates-dialog.ts'
import { settingsOf } from './use-reuse.ts'
import { useStartsFrom } from './use-starts-from.ts'

interface StudioActionsOptions<Request> {
  kind: StudioKind<Request>
  generator: Generator<Request>
  form: ComposerForm
  models: readonly ModelView[]
  pictures: Pictures
  /** Called with every start that is sent. */
  prepareStart: () => void
}

const focusDelayMs = 50

/** The actions of the buttons on stage, cards and dialogs. */
export function useStudioActions<Request>(options: StudioActionsOptions<Request>) {
  const { kind, generator, form, models, pictures } = options
  const largeView = useDialog<FileView>()
  const deletion = useDialog<'finished'>()
  const sharing = useDialog<FileView>()
  const making = useDialog<FileView>()
  const { announce } = generator
  const onFilled = () => {
    largeView.close()
    // After menu and dialog have closed: each returns the focus to its origin.
    setTimeout(() => document.getElementById('prompt')?.focus(), focusDelayMs)
  }
  const filling = { form, models, onFilled, announce }
  const templates = useTemplatesDialog(filling)
  const asks = { onShare: sharing.open, onSaveTemplate: templates.saveFile }
  const startsFrom = useStartsFrom({ ...filling, pictures, ...asks })
  const again = useRetry({ kind, generator, form, models, makeAgain: making.open })
  const handlers: GenerationHandlers = {
    makes: kind.makes,
    onOpen: largeView.open,
    onDelete: ({ id }) => {
      largeView.close()
      void generator.deleteOne(id)
      focusHistory()
    },
    onReuse: (view) => {
      if (hasSource(view)) return making.open(view)
      form.refill(settingsOf(view, models))
      onFilled()
    },
    onRetry: again,
    onRetryWith: again,
    onCheck: generator.forceCheckResults,
    onResubmit: generator.resubmit,
    onCancel: generator.cancel,
    offersFor: (view) => otherModels(view, models),
    priceOf: (view) => priceAgain(view, models),
    startsFrom,
  }
  const confirmDeletion = () => {
    deletion.close()
    void generator.deleteFinished()
    focusHistory()
  }
  const dialogs = { largeView, deletion, sharing, making, templates }
  return { makes: kind.makes, submit: submitOf(options), handlers, confirmDeletion, ...dialogs }
}

/** Starts what the form says. */
function submitOf<Request>({ kind, generator, form, prepareStart }: StudioActionsOptions<Request>) {
  return () =>
    form.submit(async (values, model) => {
      prepareStart()
      const { success } = await generator.generate(kind.toRequest(values, model))
      if (success) scrollTo({ top: 0 })
      return success
    })
}

/** The element with the focus is about to be removed. */
function focusHistory() {
  document.getElementById('history-heading')?.focus()
}

export type StudioActions = ReturnType<typeof useStudioActions<never>>

interface RetryOptions<Request> {
  kind: StudioKind<Request>
  generator: Pick<Generator<Request>, 'viewOf' | 'generate' | 'announce'>
  form: ComposerForm
  models: readonly ModelView[]
  /** What was made of videos is made again from those. */
  makeAgain: (view: FileView) => void
}

/**
 * Makes it again, with its own model or another one, within its own limit. If the limit is too low, nothing is
 * started: the form is filled with its settings, and an error at the limit names the price and what to do.
 */
function useRetry<Request>(options: RetryOptions<Request>) {
  const { kind, generator, form, models, makeAgain } = options
  const say = useSay()
  return (fileId: string, modelId?: string) => {
    const view = generator.viewOf(fileId)
    if (!view) return
    if (hasSource(view)) return makeAgain(view)
    const request = requestAgain(view, models, modelId)
    const model = models.find(({ id }) => id === request.model)
    const limitReached = model && limitSentence(model, request)
    if (!limitReached) {
      const { seed, model: id } = request
      void generator.generate({ ...kind.requestOf(view), model: id, seed })
      return
    }
    const limitMessage = say(limitReached)
    const { seed } = request
    const settings = { ...fromView(view), model: request.model }
    form.refill({ ...settings, seed: seed === null ? '' : String(seed) })
    form.showFault('maxUsd', limitMessage)
    generator.announce(limitMessage)
    // After the menu has closed: it returns the focus to its origin.
    setTimeout(() => document.getElementById('maxUsd')?.focus(), focusDelayMs)
  }
}
