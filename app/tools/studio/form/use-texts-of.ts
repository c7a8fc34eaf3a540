'use client'

import { showToast } from '#components/ui/toast/show-toast'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import type { ComposerForm } from './use-composer-form.ts'
import { useLinkedFile } from './use-linked-file.ts'

/** Fills the texts of a video into the form that a link has opened, unless something is written there already. */
export function useTextsOf(
  fileId: string | undefined,
  form: ComposerForm,
  announce: (sentence: string) => void,
) {
  const say = useSay()
  useLinkedFile({
    fileId,
    onFile: ({ settings: { prompt, negativePrompt } }) => {
      if (form.values.prompt) return
      form.change({ prompt, ...(negativePrompt && { negativePrompt }) })
    },
    onFailure: (why) => {
      showToast({ kind: 'error', title: message('composer.promptFailed'), description: why })
      announce(say(message('composer.promptFailedWhy', { why })))
    },
  })
}
