'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { formatTimecode } from '#lib/messages/format'
import { Dialog } from '#components/ui/overlay/dialog'
import type { FileView } from '#lib/contract/file-view'
import { type GrabbedFrame, grabFrame } from '../../form/grab-frame.ts'
import { OwnVideoFace, OwnVideoList, type OwnVideos } from './own-video-list.tsx'

interface FrameDialogProps {
  /** Which picture is chosen: `First frame`. */
  name: string
  own: OwnVideos
  isOpen: boolean
  onTake: (picture: File) => void
  onClose: () => void
}

/** The user's finished videos, to choose a poster or last frame from. */
export function FrameDialog({ name, own, isOpen, onTake, onClose }: FrameDialogProps) {
  const t = useTranslations('inputs')
  const [state, setState] = useState<'choosing' | 'taking' | 'failed'>('choosing')
  const latest = useRef(0)
  /** Discards a frame that is still being read. */
  const begin = (next: typeof state) => {
    setState(next)
    return ++latest.current
  }
  const close = () => {
    begin('choosing')
    onClose()
  }
  const take = async (view: FileView, which: GrabbedFrame) => {
    const turn = begin('taking')
    const picture = await grabFrame(view, which).catch(() => null)
    if (turn !== latest.current) return
    if (!picture) {
      setState('failed')
      return
    }
    onTake(picture)
    close()
  }
  return (
    <Dialog title={t('chooseFrame', { name })} isOpen={isOpen} onClose={close}>
      {state === 'taking' && <p className="mb-5 text-sm text-soft">{t('taking')}</p>}
      {state === 'failed' && (
        <p role="alert" className="mb-5 text-sm text-signal-ink">
          {t('frameFailed')}
        </p>
      )}
      <OwnVideoList own={own}>
        {(view) => (
          <>
            <OwnVideoFace
              view={view}
              note={formatTimecode(view.durationSeconds ?? view.settings.duration)}
            />
            <FrameButtons view={view} onTake={(which) => void take(view, which)} />
          </>
        )}
      </OwnVideoList>
    </Dialog>
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
