'use client'

import dynamic from 'next/dynamic'
import type { ChatView } from '#lib/contract/chat-view'
import { useConversation } from '../hooks/use-conversation.ts'
import { useDeletion } from '../hooks/use-deletion.ts'
import { useLargeArtifact } from '../hooks/use-large-artifact.ts'
import { useVersions } from '../hooks/use-versions.ts'
import { ConversationColumn } from './conversation-column.tsx'
import { ConversationNews } from './conversation-news.tsx'

import { DeleteVideoDialog } from './delete-video-dialog.tsx'

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
  const deletion = useDeletion({
    session: conversation.session,
    announce,
    onDelete: (fileId) => fileId === large.fileId && large.close(),
  })
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
        onDelete={deletion.open}
      />
      {large.fileId && (
        <LargePane
          conversation={conversation}
          versions={versions}
          fileId={large.fileId}
          announce={announce}
          onPick={large.pick}
          onDelete={deletion.open}
          onClose={large.close}
        />
      )}
      <DeleteVideoDialog deletion={deletion} />
      <ConversationNews videos={conversation.videos} onShow={large.open} />
    </>
  )
}
