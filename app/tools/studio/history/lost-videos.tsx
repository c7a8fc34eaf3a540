'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { GoneNotice } from '#components/video/failure/gone-notice'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { forgetFollowed, lostNotes } from '#lib/delivery/followed'
import { pageSession } from '#lib/contract/calls/page-session'

/** Videos that were under way before a reload and belong to another session now. Mount it once the list is known. */
export function LostVideos({ files }: { files: readonly FileView[] }) {
  const t = useTranslations('studio.history')
  const [notes, setNotes] = useState(() =>
    lostNotes(files.filter((view) => !isFinal(view)).map(({ id }) => id)),
  )
  const shown = new Set(files.map(({ id }) => id))
  const lost = notes.filter(({ fileId }) => !shown.has(fileId))
  const dismiss = (fileId: string) => {
    forgetFollowed(fileId)
    setNotes(notes.filter((note) => note.fileId !== fileId))
  }
  return lost.map(({ fileId, prompt, session }) => (
    <GoneNotice
      key={fileId}
      // A page gives no session: one that is known to have been there is gone, and cookies are not refused.
      reason={session || pageSession() ? 'other_session' : 'no_session'}
      fileId={fileId}
      prompt={prompt}
    >
      <Button size="small" variant="quiet" onClick={() => dismiss(fileId)}>
        {t('dismiss')}
      </Button>
    </GoneNotice>
  ))
}
