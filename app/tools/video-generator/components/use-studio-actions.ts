'use client'

import type { FileView } from '#lib/contract/file-view'
import type { useVideoGenerator } from '../hooks/use-video-generator.ts'
import { fromSettings } from './composer-values.ts'
import type { Deletion } from './delete-dialog.tsx'
import type { GenerationHandlers } from './generation-handlers.ts'
import type { ComposerForm } from './use-composer-form.ts'
import { useDialog } from '../../../hooks/use-dialog.ts'

type Generator = ReturnType<typeof useVideoGenerator>

/** What the buttons on stage, cards and dialogs do. */
export function useStudioActions(generator: Generator, form: ComposerForm) {
  const largeView = useDialog<FileView>()
  const deletion = useDialog<Deletion>()
  const handlers: GenerationHandlers = {
    onOpen: largeView.open,
    onDelete: deletion.open,
    onReuse: ({ settings }) => {
      largeView.close()
      form.fill(fromSettings(settings))
      document.getElementById('prompt')?.focus()
    },
    onRetry: (fileId) => void generator.retry(fileId),
    onCheck: generator.forceCheckResults,
    onCancel: generator.cancelVideo,
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
      const { success } = await generator.generateVideo(request)
      if (success) scrollTo({ top: 0 })
    })
  return { submit, handlers, largeView, deletion, confirmDeletion }
}

export type StudioActions = ReturnType<typeof useStudioActions>
