'use client'

import { useTranslations } from 'next-intl'
import { Dialog } from '#components/ui/overlay/dialog'
import { readShares } from '#lib/ai/api/people/shares'
import type { FileView } from '#lib/contract/file-view'
import { FormProblem } from '../../../people/entry-fields.tsx'
import { useAnswer } from '../../../people/use-answer.ts'
import { ShareForm } from './share-form.tsx'
import { ShareList } from './share-list.tsx'

interface ShareDialogProps {
  view: FileView
  isOpen: boolean
  onClose: () => void
}

/** Makes links to a video or an image, and revokes them. */
export function ShareDialog({ view, isOpen, onClose }: ShareDialogProps) {
  const t = useTranslations('share')
  const key = isOpen ? `shares of ${view.id}` : null
  const { answer, error, reload } = useAnswer(key, () => readShares(view.id))
  return (
    <Dialog title={t('title', { kind: view.type })} isOpen={isOpen} onClose={onClose}>
      <p dir="auto" className="line-clamp-2 text-sm">
        {view.settings.prompt}
      </p>
      <p className="mt-2 max-w-prose text-sm text-pretty text-soft">
        {t('intro', { kind: view.type })}
      </p>
      <div className="mt-6 grid items-start gap-x-12 gap-y-8 md:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <ShareForm fileId={view.id} onMade={reload} />
        <section aria-labelledby="share-links" className="min-w-0">
          <h3 id="share-links" className="text-sm font-medium">
            {t('links', { kind: view.type })}
          </h3>
          {error && <FormProblem problem={error} />}
          {answer && (
            <ShareList fileId={view.id} kind={view.type} shares={answer} onChange={reload} />
          )}
        </section>
      </div>
    </Dialog>
  )
}
