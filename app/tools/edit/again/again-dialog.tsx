'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/overlay/dialog'
import type { FileView } from '#lib/contract/file-view'
import { networkProblem, ProblemError } from '#lib/contract/problem'
import { useSay } from '#lib/messages/use-say'
import { EditorDialog } from '../editor-dialog.tsx'
import { JoinDialog } from '../join-dialog.tsx'
import { ExtendDialog } from '../work/extend-dialog.tsx'
import { UpscaleDialog } from '../work/upscale-dialog.tsx'
import { type Sources, isUsable, useSources } from './use-sources.ts'

interface AgainDialogProps {
  /** An edit, or what a provider made of a video. */
  view: FileView
  isOpen: boolean
  onClose: () => void
}

/**
 * Opens what a file was made with, as it was set: the editor with its operation and values, the videos of a join, the prompt
 * of an extension. Says what is missing where a video was deleted since. Starts nothing by itself.
 */
export function AgainDialog(props: AgainDialogProps) {
  const { view } = props
  const { sources, error, reload } = useSources(view.settings.inputs.sources ?? [])
  if (error !== undefined) return <Unread {...props} error={error} onRetry={reload} />
  if (!sources) return null
  if (isUsable(view.settings.edit, sources)) return <Again {...props} sources={sources} />
  return <Gone {...props} />
}

function Again({ view, sources, isOpen, onClose }: AgainDialogProps & { sources: Sources }) {
  const { edit, work, prompt, model } = view.settings
  const { films, missing } = sources
  const film = films[0]!
  const dialog = { isOpen, onClose }
  if (work?.operation === 'upscale')
    return <UpscaleDialog sourceId={film.id} size={work.to} {...dialog} />
  if (work) return <ExtendDialog extended={{ sourceId: film.id, prompt, model }} {...dialog} />
  if (edit?.operation === 'join')
    return <JoinDialog films={films} missing={missing} continued={edit.continued} {...dialog} />
  return <EditorDialog film={film} order={edit} {...dialog} />
}

function Gone({ isOpen, onClose }: AgainDialogProps) {
  const t = useTranslations('edits.again')
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <p className="max-w-prose text-pretty">{t('gone')}</p>
    </Dialog>
  )
}

interface UnreadProps extends AgainDialogProps {
  error: unknown
  onRetry: () => void
}

function Unread({ error, isOpen, onClose, onRetry }: UnreadProps) {
  const t = useTranslations('edits.again')
  const say = useSay()
  const problem = error instanceof ProblemError ? error.problem : networkProblem()
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <p role="alert" className="mb-4 max-w-prose text-pretty">
        {say(problem.detail)}
      </p>
      <Button size="small" onClick={onRetry}>
        {t('retry')}
      </Button>
    </Dialog>
  )
}
