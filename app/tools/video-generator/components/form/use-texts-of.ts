'use client'

import { useSay } from '#lib/messages/use-say'
import { message } from '#lib/messages/message'
import { useEffect, useEffectEvent } from 'react'
import { showToast } from '#components/ui/toast/show-toast'
import type { FileView } from '#lib/contract/file-view'
import { ProblemError } from '#lib/contract/problem'
import { fileKey } from '#lib/delivery/file-store'
import { pollFile } from '#lib/delivery/poll-file'
import type { ComposerForm } from './use-composer-form.ts'

/** Fills the texts of a video into the form that a link has opened, unless something is written there already. */
export function useTextsOf(
  fileId: string | undefined,
  form: ComposerForm,
  announce: (sentence: string) => void,
) {
  const say = useSay()
  const fill = useEffectEvent(({ settings }: FileView) => {
    const { prompt, negativePrompt } = settings
    if (form.values.prompt) return
    form.change({ prompt, ...(negativePrompt && { negativePrompt }) })
  })
  const tell = useEffectEvent((error: unknown) => {
    const isKnown = error instanceof ProblemError
    const why = isKnown ? error.problem.detail : message('composer.reloadPage')
    showToast({ kind: 'error', title: message('composer.promptFailed'), description: why })
    announce(say(message('composer.promptFailedWhy', { why })))
  })
  useEffect(() => {
    if (!fileId) return undefined
    let isHere = true
    pollFile(fileKey(fileId)).then(
      (view) => isHere && fill(view),
      (error: unknown) => isHere && tell(error),
    )
    return () => {
      isHere = false
    }
  }, [fileId])
}
