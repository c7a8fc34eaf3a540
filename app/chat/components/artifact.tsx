'use client'

import { useTranslations } from 'next-intl'
import { memo, useCallback, useState } from 'react'
import { ArtifactActions } from '#components/chat/artifact/artifact-actions'
import { ArtifactCard, ArtifactPlaceholder } from '#components/chat/artifact/artifact-card'
import { goneLabel } from '#components/video/failure/gone-notice'
import { VersionStepper } from '#components/ui/version-stepper'
import { useModels } from '#lib/ai/api/reads/use-models'
import type { VideoBrief } from '#lib/contract/chat-tools'
import type { ChatVideo } from '#lib/contract/chat'
import { isFinal } from '#lib/contract/file-view'
import { useFile } from '#lib/delivery/use-file'
import { type Sentence, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { seenHere, versionsOnCard } from '../../../components/chat/artifact/versions.ts'
import { useFileNews } from '../../hooks/use-file-news.ts'
import type { ArtifactHandlers } from '../hooks/use-artifacts.ts'

interface ArtifactProps {
  /** The video as it was when the assistant spoke of it. */
  brief: VideoBrief
  videos: readonly ChatVideo[]
  handlers: ArtifactHandlers
  announce: (sentence: Sentence) => void
}

/** A video in the conversation, with the versions made of it beside: the newest one, unless another is picked. */
export const Artifact = memo(function Artifact({ brief, videos, ...rest }: ArtifactProps) {
  const versions = versionsOnCard(videos, brief.fileId)
  const [picked, setPicked] = useState({ place: 0, of: 0 })
  // What was picked holds until there is a newer version.
  const place = picked.of === versions.length ? picked.place : versions.length
  const shown = versions[place - 1]
  const fileId = shown?.fileId ?? brief.fileId
  return (
    <FollowedArtifact
      key={fileId}
      fileId={fileId}
      brief={brief}
      number={shown?.number ?? brief.number}
      isTrashed={shown?.isTrashed ?? false}
      stepper={
        <VersionStepper
          place={place}
          count={versions.length}
          onStep={(next) => setPicked({ place: next, of: versions.length })}
        />
      }
      {...rest}
    />
  )
})

interface FollowedArtifactProps extends Omit<ArtifactProps, 'videos'> {
  fileId: string
  number: number | null
  isTrashed: boolean
  stepper: React.ReactNode
}

/** One file, followed by its id and by nothing else. */
function FollowedArtifact(props: FollowedArtifactProps) {
  const { fileId, brief, number, isTrashed, stepper, handlers, announce } = props
  const t = useTranslations('chat')
  const say = useSay()
  const { file, error, signs, gone } = useFile(fileId)
  const { models } = useModels(file?.type ?? brief.kind)
  const [wasDeveloping, setWasDeveloping] = useState(false)
  if (file && !isFinal(file) && !wasDeveloping) setWasDeveloping(true)
  const kind = brief.kind ?? 'video'
  const tell = useCallback(
    (news: Sentence) =>
      announce(number === null ? news : message('chat.video.news', { number, news, kind })),
    [announce, number, kind],
  )
  useFileNews(file, tell)
  if (isTrashed)
    return (
      <ArtifactPlaceholder
        ratio={brief.aspectRatio}
        prompt={brief.prompt}
        label={say(message('chat.video.inTrash'))}
      />
    )
  if (!file) {
    const why = gone ? goneLabel(gone, brief.kind) : error?.detail
    const label = why ? say(why) : t('loading')
    return <ArtifactPlaceholder ratio={brief.aspectRatio} prompt={brief.prompt} label={label} />
  }
  const view = seenHere(file, signs)
  return (
    <ArtifactCard
      view={view}
      number={number}
      signs={signs}
      isFresh={wasDeveloping}
      stepper={stepper}
    >
      <ArtifactActions
        view={view}
        models={models}
        {...handlers}
        onOpen={() => handlers.onOpen(fileId)}
      />
    </ArtifactCard>
  )
}
