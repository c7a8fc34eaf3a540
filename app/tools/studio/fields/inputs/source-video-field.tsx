'use client'

import { useSay } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { FilmIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { FieldError } from '#components/ui/form/field'
import { formatTimecode } from '#lib/messages/format'
import { type Sentence, message } from '#lib/messages/message'
import { Dialog } from '#components/ui/overlay/dialog'
import type { FileView } from '#lib/contract/file-view'
import { canBeSource, sourceVideoOf } from '../../form/pictures/inputs.ts'
import type { ComposerForm } from '../../form/use-composer-form.ts'
import { OwnFileFace, OwnFileList, type OwnFiles } from './own-files.tsx'

interface SourceVideoFieldProps {
  form: ComposerForm
  own: OwnFiles
}

/** The video that is made over: one of the user's own. */
export function SourceVideoField({ form, own }: SourceVideoFieldProps) {
  const t = useTranslations('inputs')
  const [isOpen, setIsOpen] = useState(false)
  const { sourceVideo } = form.values
  const poster =
    sourceVideo?.posterUrl ?? own.views.find(({ id }) => id === sourceVideo?.id)?.posterUrl
  const choose = (view: FileView) => {
    const { aspectRatio } = view.settings
    form.change({ sourceVideo: sourceVideoOf(view), aspectRatio })
    form.showFault('inputs', null)
    setIsOpen(false)
  }
  return (
    <fieldset
      id="inputs"
      tabIndex={-1}
      aria-describedby={form.faults.inputs ? 'inputs-error' : undefined}
    >
      <legend className="mb-1.5 text-sm text-soft">{t('sourceVideo')}</legend>
      <div className="flex items-center gap-3">
        {sourceVideo && (
          <>
            <Poster url={poster ?? null} />
            <p dir="auto" className="line-clamp-3 min-w-0 flex-1 text-sm">
              {sourceVideo.prompt || t('earlierVideo')}
            </p>
          </>
        )}
        <Button size="small" onClick={() => setIsOpen(true)}>
          {t(sourceVideo ? 'chooseAnother' : 'chooseVideo')}
        </Button>
      </div>
      <FieldError id="inputs-error" message={form.faults.inputs} />
      <SourceVideoDialog
        own={own}
        isOpen={isOpen}
        onChoose={choose}
        onClose={() => setIsOpen(false)}
      />
    </fieldset>
  )
}

function Poster({ url }: { url: string | null }) {
  const style = 'size-16 shrink-0 rounded-sm bg-film object-cover text-on-film'
  if (!url)
    return (
      <span className={`${style} flex items-center justify-center`}>
        <FilmIcon aria-hidden="true" className="size-5" />
      </span>
    )
  // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
  return <img src={url} alt="" className={style} />
}

interface SourceVideoDialogProps {
  own: OwnFiles
  isOpen: boolean
  onChoose: (view: FileView) => void
  onClose: () => void
}

/** The user's finished videos, to choose one to make over. */
function SourceVideoDialog({ own, isOpen, onChoose, onClose }: SourceVideoDialogProps) {
  const t = useTranslations('inputs')
  const say = useSay()
  return (
    <Dialog title={t('chooseSource')} isOpen={isOpen} onClose={onClose}>
      <OwnFileList kind="video" own={own}>
        {(view) => (
          <button
            type="button"
            disabled={!canBeSource(view)}
            onClick={() => onChoose(view)}
            className="group w-full text-left disabled:opacity-60"
          >
            <OwnFileFace view={view} note={say(noteOf(view))} />
          </button>
        )}
      </OwnFileList>
    </Dialog>
  )
}

function noteOf(view: FileView): Sentence {
  const { sizeBytes, durationSeconds, settings } = view
  return canBeSource(view)
    ? formatTimecode(durationSeconds ?? settings.duration)
    : message('inputs.tooLarge', { size: { bytes: sizeBytes ?? 0 } })
}
