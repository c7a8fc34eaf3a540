'use client'

import { limitSentence } from '#lib/contract/limit-sentence'
import type { ModelView } from '#lib/contract/model-view'
import type { useVideoGenerator } from '../hooks/use-video-generator.ts'
import { fromSettings } from './composer-values.ts'
import { requestAgain } from '../../../../components/video/settings-again.ts'
import type { ComposerForm } from './use-composer-form.ts'

interface RetryOptions {
  generator: Pick<ReturnType<typeof useVideoGenerator>, 'viewOf' | 'retry' | 'announce'>
  form: ComposerForm
  models: readonly ModelView[]
}

const focusDelayMs = 50

/**
 * Makes a video again, with its own model or another one, within its own limit. Where that is too low nothing is
 * started: the form is filled with it, and says at the limit what it costs and how to go on.
 */
export function useRetry({ generator, form, models }: RetryOptions) {
  return (fileId: string, modelId?: string) => {
    const view = generator.viewOf(fileId)
    if (!view) return
    const request = requestAgain(view, models, modelId)
    const model = models.find(({ id }) => id === request.model)
    const tooDear = model && limitSentence(model, request)
    if (!tooDear) {
      void generator.retry(fileId, request)
      return
    }
    const { seed } = request
    const settings = { ...fromSettings(view.settings), model: request.model }
    form.refill({ ...settings, seed: seed === null ? '' : String(seed) })
    form.showFault('maxUsd', tooDear)
    generator.announce(tooDear)
    // Only after the menu has closed, which gives the focus back to where it came from.
    setTimeout(() => document.getElementById('maxUsd')?.focus(), focusDelayMs)
  }
}
