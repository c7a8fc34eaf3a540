'use client'

import { useTranslations } from 'next-intl'
import { lazyPart } from '#components/ui/lazy-part'
import type { BodyProps } from './body-props.ts'
import { GroupName, WordsBody } from './words-body.tsx'

const MediaBody = lazyPart(() => import('./media/media-body.tsx').then((file) => file.MediaBody))
const ChatBody = lazyPart(() => import('./chat/chat-body.tsx').then((file) => file.ChatBody))

/** What a node shows inside its frame. */
export function NodeBody({ node, doc }: BodyProps) {
  const t = useTranslations('canvas.kind')
  switch (node.kind) {
    case 'group':
      return <GroupName node={node} doc={doc} />
    case 'text':
    case 'note':
      return <WordsBody node={node} doc={doc} label={t(node.kind)} />
    case 'chat':
      return <ChatBody node={node} doc={doc} />
    default:
      return <MediaBody node={node} doc={doc} />
  }
}
