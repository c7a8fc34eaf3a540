'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { Dialog } from '#components/ui/overlay/dialog'
import type { FileView } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'
import { useHistory } from '#lib/delivery/use-history'
import { formatTimecode } from '#lib/messages/format'
import { type GrabbedFrame, grabFrame } from '../../form/pictures/grab-frame.ts'
import { OwnFileFace, OwnFileList } from './own-files.tsx'

interface FrameDialogProps {
  /** Which picture is chosen: `First frame`. */
  name: string
  /** What is shown first. */
  kind: MediaType
  isOpen: boolean
  onTake: (picture: File) => void
  onTakeImage: (view: FileView) => void
  onClose: () => void
}

const kinds = ['video', 'image'] as const

/** The user's finished videos and images, to choose a poster, a last frame or an image from. */
export function FrameDialog(props: FrameDialogProps) {
  const { name, kind, isOpen, onTake, onTakeImage, onClose } = props
  const t = useTranslations('inputs')
  const [shown, show] = useState(kind)
  const { state, take, stop } = useFrame(onTake)
  const close = () => {
    stop()
    onClose()
  }
  return (
    <Dialog title={t('chooseFrame', { name })} isOpen={isOpen} onClose={close}>
      <div className="mb-6 max-w-72">
        <ChoiceGroup
          label={t('kinds')}
          name="own-kind"
          options={kinds}
          value={shown}
          onChange={show}
          nameOf={(one) => t(`kind_${one}`)}
        />
      </div>
      {state === 'taking' && <p className="mb-5 text-sm text-soft">{t('taking')}</p>}
      {state === 'failed' && (
        <p role="alert" className="mb-5 text-sm text-signal-ink">
          {t('frameFailed')}
        </p>
      )}
      <OwnPictures
        key={shown}
        kind={shown}
        onTake={(view, which) => void take(view, which).then((isTaken) => isTaken && close())}
        onTakeImage={(view) => {
          onTakeImage(view)
          close()
        }}
      />
    </Dialog>
  )
}

/** Takes a frame of a video; one that is still being read when another is asked for is discarded. */
function useFrame(onTake: (picture: File) => void) {
  const [state, setState] = useState<'choosing' | 'taking' | 'failed'>('choosing')
  const latest = useRef(0)
  const begin = (next: typeof state) => {
    setState(next)
    return ++latest.current
  }
  const take = async (view: FileView, which: GrabbedFrame) => {
    const turn = begin('taking')
    const picture = await grabFrame(view, which).catch(() => null)
    if (turn !== latest.current) return false
    if (picture) onTake(picture)
    else setState('failed')
    return picture !== null
  }
  return { state, take, stop: () => void begin('choosing') }
}

interface OwnPicturesProps {
  kind: MediaType
  onTake: (view: FileView, which: GrabbedFrame) => void
  onTakeImage: (view: FileView) => void
}

/** Read while the dialog is open. */
function OwnPictures({ kind, onTake, onTakeImage }: OwnPicturesProps) {
  const { files, hasMore, loadMore } = useHistory(kind)
  return (
    <OwnFileList kind={kind} own={{ views: files, hasMore, loadMore }}>
      {(view) =>
        view.type === 'image' ? (
          <OwnImage view={view} onTake={() => onTakeImage(view)} />
        ) : (
          <>
            <OwnFileFace
              view={view}
              note={formatTimecode(view.durationSeconds ?? view.settings.duration)}
            />
            <FrameButtons view={view} onTake={(which) => onTake(view, which)} />
          </>
        )
      }
    </OwnFileList>
  )
}

function OwnImage({ view, onTake }: { view: FileView; onTake: () => void }) {
  const t = useTranslations('inputs')
  const { prompt } = view.settings
  return (
    <>
      <OwnFileFace view={view} note={`${view.width} × ${view.height}`} />
      <div className="mt-2">
        <Button size="small" aria-label={t('useImageOf', { prompt })} onClick={onTake}>
          {t('useImage')}
        </Button>
      </div>
    </>
  )
}

interface FrameButtonsProps {
  view: FileView
  onTake: (which: GrabbedFrame) => void
}

function FrameButtons({ view, onTake }: FrameButtonsProps) {
  const t = useTranslations('inputs')
  const { prompt } = view.settings
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {view.posterUrl && (
        <Button
          size="small"
          aria-label={t('posterOf', { prompt })}
          onClick={() => onTake('poster')}
        >
          {t('poster')}
        </Button>
      )}
      <Button size="small" aria-label={t('lastFrameOf', { prompt })} onClick={() => onTake('last')}>
        {t('lastFrame')}
      </Button>
    </div>
  )
}
