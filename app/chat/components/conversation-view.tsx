'use client'

import dynamic from 'next/dynamic'
import type { ChatView } from '#lib/contract/chat-view'
import { useConversation } from '../hooks/use-conversation.ts'
import { useLargeArtifact } from '../hooks/use-large-artifact.ts'
import { useVersions } from '../hooks/use-versions.ts'
import { ConversationColumn } from './conversation-column.tsx'
import { ConversationNews } from './conversation-news.tsx'

const LargePane = dynamic(() => import('./large-pane.tsx').then((module) => module.LargePane))

export interface ConversationViewProps {
  chatId: string
  initial: ChatView | undefined
  title: string | undefined
  answeredBy: string | undefined
  announce: (sentence: string) => void
  /** The first message is on its way. */
  onBegin: () => void
  onChange: () => void
}

/** One chat, and beside it the video that was opened. */
export function ConversationView(props: ConversationViewProps) {
  const { chatId, initial, title, answeredBy, announce, onBegin, onChange } = props
  const conversation = useConversation({ chatId, initial, announce, onChange })
  const versions = useVersions(conversation)
  const large = useLargeArtifact()
  return (
    <>
      <ConversationColumn
        conversation={conversation}
        versions={versions}
        draftOf={initial ? chatId : 'new'}
        title={title}
        answeredBy={answeredBy}
        announce={announce}
        onBegin={onBegin}
        onOpen={large.open}
      />
      {large.fileId && (
        <LargePane
          conversation={conversation}
          versions={versions}
          fileId={large.fileId}
          announce={announce}
          onPick={large.pick}
          onClose={large.close}
        />
      )}
      <ConversationNews videos={conversation.videos} onShow={large.open} />
    </>
  )
}
