'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CompareVersions } from '#components/chat/artifact/compare-versions'
import { LargeArtifact } from '#components/chat/artifact/large-artifact'
import { ThinkingLine } from '#components/chat/thinking-line'
import { GoneNotice } from '#components/video/failure/gone-notice'
import { Button } from '#components/ui/button'
import { useBackCloses } from '#components/ui/overlay/back-closes.ts'
import { VersionStepper } from '#components/ui/version-stepper'
import { useModels } from '#lib/ai/api/reads/use-models'
import type { ChatVideo, NewVersionRequest } from '#lib/contract/chat'
import type { FileView } from '#lib/contract/file-view'
import { useFile } from '#lib/delivery/use-file'
import type { Sentence } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { familyOf, seenHere } from '../../../components/chat/artifact/versions.ts'
import { reportFailure } from '../../hooks/report-failure.ts'
import { type useVersions, useArtifactHandlers } from '../hooks/use-artifacts.ts'
import type { Conversation } from '../hooks/use-conversation.ts'

export interface LargePaneBodyProps {
  conversation: Conversation
  versions: ReturnType<typeof useVersions>
  fileId: string
  announce: (sentence: Sentence) => void
  onPick: (fileId: string) => void
  onDelete: (view: FileView) => void
}

/** The versions of one video: step through them, compare two, make another. */
export function LargePaneBody(props: LargePaneBodyProps) {
  const { conversation, fileId, onPick } = props
  const t = useTranslations('chat.compare')
  const family = familyOf(conversation.videos, fileId)
  const place = family.findIndex((video) => video.fileId === fileId) + 1
  const [comparedId, compareWith] = useState<string>()
  const other = family[place - 2] ?? family[place]
  useBackCloses(comparedId !== undefined, () => compareWith(undefined))
  return (
    <>
      {family.length > 1 && (
        <div className="mb-4 flex flex-wrap items-center justify-between gap-2 -mx-2">
          <VersionStepper
            place={place}
            count={family.length}
            onStep={(next) => onPick(family[next - 1]!.fileId)}
          />
          <Button
            size="small"
            variant="quiet"
            aria-pressed={!!comparedId}
            onClick={() => compareWith(comparedId ? undefined : other?.fileId)}
          >
            {comparedId ? t('back') : t('compare')}
          </Button>
        </div>
      )}
      {comparedId ? (
        <Comparison
          family={family}
          fileId={fileId}
          comparedId={comparedId}
          onPick={onPick}
          onCompareWith={compareWith}
        />
      ) : (
        <OneVersion {...props} />
      )}
    </>
  )
}

function OneVersion({ fileId, versions, announce, onPick, onDelete }: LargePaneBodyProps) {
  const t = useTranslations('chat')
  const say = useSay()
  const { problem } = versions
  const { file, signs, gone } = useFile(fileId)
  const { models } = useModels(file?.type)
  const { onCheck, onCancel, onResubmit } = useArtifactHandlers({
    versions,
    announce,
    onOpen: onPick,
    onDelete,
  })
  const make = async (request: NewVersionRequest) => {
    const made = await versions.make(request)
    if (made) onPick(made)
  }
  if (gone) return <GoneNotice reason={gone} fileId={fileId} prompt="" />
  if (!file) return <ThinkingLine>{t('loading')}</ThinkingLine>
  return (
    <LargeArtifact
      view={seenHere(file, signs)}
      signs={signs}
      versionError={problem && say(problem.detail)}
      isMaking={versions.isMaking}
      models={models}
      onMake={(request) => void reportFailure(make(request), announce)}
      onDelete={onDelete}
      onCheck={onCheck}
      onCancel={onCancel}
      onResubmit={onResubmit}
    />
  )
}

interface ComparisonProps {
  family: readonly ChatVideo[]
  fileId: string
  comparedId: string
  onPick: (fileId: string) => void
  onCompareWith: (fileId: string) => void
}

function Comparison({ family, fileId, comparedId, onPick, onCompareWith }: ComparisonProps) {
  const left = useFile(comparedId)
  const right = useFile(fileId)
  return (
    <CompareVersions
      family={family}
      left={{ fileId: comparedId, view: left.file, onPick: onCompareWith }}
      right={{ fileId, view: right.file, onPick }}
    />
  )
}
