'use client'

import { useTranslations } from 'next-intl'
import type { SyntheticEvent } from 'react'
import { Button } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { lazyPart } from '#components/ui/lazy-part'
import type { MediaNode } from '#lib/contract/canvas/canvas'
import { useDialog } from '../../../hooks/use-dialog.ts'
import type { BodyProps } from '../body-props.ts'
import { FileCard } from './file-card.tsx'
import { hearOnly } from './one-sound.ts'
import { UploadFrame } from './upload-frame.tsx'
import { VersionBar } from './version-bar.tsx'
import { shownVersion } from '#lib/contract/canvas/brought'

const PromptDialog = lazyPart(() => import('./prompt-dialog.tsx').then((file) => file.PromptDialog))

function hear({ target }: SyntheticEvent) {
  if (target instanceof HTMLMediaElement) hearOnly(target)
}

/** An image or a video: its shown version in any state, or what is to be made. */
export function MediaBody({ node, doc }: BodyProps<MediaNode>) {
  const shown = shownVersion(node)
  const dialog = useDialog<true>()
  const openPrompt = () => dialog.open(true)
  return (
    <div
      // What is played in one node stops what is heard in another.
      onPlayCapture={hear}
      onVolumeChangeCapture={hear}
      className="flex size-full flex-col overflow-y-auto p-2"
    >
      {shown === null ? (
        <Unmade node={node} onPrompt={openPrompt} />
      ) : (
        <>
          <VersionBar node={node} doc={doc} shown={shown} onPrompt={openPrompt} />
          {shown.startsWith('file_') ? (
            <FileCard key={shown} fileId={shown} node={node} doc={doc} onPrompt={openPrompt} />
          ) : (
            <UploadFrame id={shown} />
          )}
        </>
      )}
      {dialog.subject && (
        <CardBoundary>
          <PromptDialog node={node} doc={doc} isOpen={dialog.isOpen} onClose={dialog.close} />
        </CardBoundary>
      )}
    </div>
  )
}

/** Nothing was made here yet: its prompt, and the way to make it. */
function Unmade({ node, onPrompt }: { node: MediaNode; onPrompt: () => void }) {
  const t = useTranslations('canvasNodes')
  const { prompt, model } = node.settings
  return (
    <div className="m-auto flex max-w-full flex-col items-center gap-3 p-3 text-center">
      {typeof prompt === 'string' && prompt !== '' ? (
        <p dir="auto" className="line-clamp-6 text-sm">
          {prompt}
        </p>
      ) : (
        <p className="text-sm text-soft">{t('unmade', { kind: node.kind })}</p>
      )}
      {typeof model === 'string' && <p className="font-mono text-tiny text-soft">{model}</p>}
      <Button size="small" className="nodrag" onClick={onPrompt}>
        {t('generate')}
      </Button>
    </div>
  )
}
