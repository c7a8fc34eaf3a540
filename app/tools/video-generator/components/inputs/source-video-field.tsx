'use client'

import { FilmIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { FieldError } from '#components/ui/field-error'
import type { FileView } from '#lib/contract/file-view'
import type { ComposerForm } from '../use-composer-form.ts'
import type { OwnVideos } from './own-videos.ts'
import { SourceVideoDialog } from './source-video-dialog.tsx'
import { sourceVideoOf } from './source-video.ts'

interface SourceVideoFieldProps {
  form: ComposerForm
  own: OwnVideos
}

/** The film that is made over: one of the user's own. */
export function SourceVideoField({ form, own }: SourceVideoFieldProps) {
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
      <legend className="mb-1.5 text-sm text-soft">Video to make over</legend>
      <div className="flex items-center gap-3">
        {sourceVideo && (
          <>
            <Poster url={poster ?? null} />
            <p className="line-clamp-3 min-w-0 flex-1 text-sm">
              {sourceVideo.prompt || 'An earlier video'}
            </p>
          </>
        )}
        <Button size="small" onClick={() => setIsOpen(true)}>
          {sourceVideo ? 'Choose another' : 'Choose a video'}
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
