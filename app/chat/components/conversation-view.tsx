'use client'

import type { MessageBox } from '#components/chat/composer/message-composer'
import { lazyPart } from '#components/ui/lazy-part'
import { CardBoundary } from '#components/ui/card-boundary'
import type { ChatVideo, ChatView } from '#lib/contract/chat'
import { peekView } from '#lib/delivery/file-store'
import type { Sentence } from '#lib/messages/message'
import { useDeliveryNews } from '../../hooks/use-delivery-news.ts'
import { useDeletion, useLargeArtifact, useVersions } from '../hooks/use-artifacts.ts'
import { useConversation } from '../hooks/use-conversation.ts'
import { ConversationColumn } from './conversation-column.tsx'

const LargePane = lazyPart(() => import('./large-pane.tsx').then((module) => module.LargePane))

export interface ConversationViewProps {
  chatId: string
  box: MessageBox
  /** No message of it was sent yet. */
  isNew: boolean
  initial: ChatView | undefined
  title: string | undefined
  answeredBy: Sentence | undefined
  announce: (sentence: Sentence) => void
  /** The first message is on its way. */
  onBegin: () => void
  onChange: () => void
}

/** One chat, and beside it the video that was opened. */
export function ConversationView(props: ConversationViewProps) {
  const { chatId, box, isNew, initial, title, answeredBy, announce, onBegin, onChange } = props
  const conversation = useConversation({ chatId, initial, announce, onChange })
  const versions = useVersions(conversation)
  const large = useLargeArtifact(box)
  const trash = useDeletion({
    box,
    session: conversation.session,
    announce,
    onDelete: (fileId) => fileId === large.fileId && large.close(),
  })
  return (
    <>
      <ConversationColumn
        conversation={conversation}
        versions={versions}
        box={box}
        draftOf={isNew ? 'new' : chatId}
        title={title}
        answeredBy={answeredBy}
        announce={announce}
        onBegin={onBegin}
        onOpen={large.open}
        onDelete={trash}
      />
      {large.fileId && (
        <CardBoundary className="m-4">
          <LargePane
            conversation={conversation}
            versions={versions}
            fileId={large.fileId}
            announce={announce}
            onPick={large.pick}
            onDelete={trash}
            onClose={large.close}
          />
        </CardBoundary>
      )}
      <ConversationNews videos={conversation.videos} onShow={large.open} />
    </>
  )
}

interface ConversationNewsProps {
  videos: readonly ChatVideo[]
  onShow: (fileId: string) => void
}

/** Tells the news of this chat's videos, as every room does. */
function ConversationNews({ videos, onShow }: ConversationNewsProps) {
  useDeliveryNews(
    videos.flatMap(({ fileId }) => peekView(fileId) ?? []),
    onShow,
  )
  return null
}
