'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import type { MessageBox } from '#components/chat/composer/message-composer'
import { EmptyChat } from '#components/chat/empty-chat'
import type { FileView } from '#lib/contract/file-view'
import type { Sentence } from '#lib/messages/message'
import { usePictureDrop } from '../../hooks/use-picture-drop.ts'
import type { useVersions } from '../hooks/use-artifacts.ts'
import { useAttachments, useComposer } from '../hooks/use-composer.ts'
import type { Conversation } from '../hooks/use-conversation.ts'
import { useStickToBottom } from '../hooks/use-stick-to-bottom.ts'
import { ComposerDock } from './composer-dock.tsx'
import { Messages } from './messages.tsx'

interface ConversationColumnProps {
  conversation: Conversation
  versions: ReturnType<typeof useVersions>
  box: MessageBox
  /** The chat whose draft is in the box. */
  draftOf: string
  title: string | undefined
  answeredBy: Sentence | undefined
  announce: (sentence: Sentence) => void
  onBegin: () => void
  onOpen: (fileId: string) => void
  onDelete: (view: FileView) => void
}

/** What has been said, and below it where the next message is written. */
export function ConversationColumn(props: ConversationColumnProps) {
  const { conversation, versions, box, draftOf, title, answeredBy, announce, onBegin } = props
  const t = useTranslations('chat')
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const { isAway, toBottom } = useStickToBottom(scroller, content)
  const images = useAttachments(draftOf, announce)
  const drop = usePictureDrop(images.add)
  const onSend = () => {
    onBegin()
    toBottom()
  }
  const composer = useComposer({ conversation, draftOf, images, box, onSend, isOnly: true })
  const isEmpty = conversation.messages.length === 0
  return (
    <section
      aria-label={t('title')}
      {...drop.handlers}
      className="relative flex min-w-0 flex-1 flex-col"
    >
      <Title isEmpty={isEmpty}>{title ?? t('newChat')}</Title>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div
          ref={content}
          className="mx-auto flex min-h-full max-w-3xl flex-col px-4 pt-6 pb-8 lg:px-8"
        >
          {isEmpty ? (
            <EmptyChat answeredBy={answeredBy} onPick={composer.fill} />
          ) : (
            <Messages
              conversation={conversation}
              versions={versions}
              announce={announce}
              onOpen={props.onOpen}
              onDelete={props.onDelete}
            />
          )}
        </div>
      </div>
      <ComposerDock
        composer={composer}
        images={images}
        isOver={drop.isOver}
        isAway={isAway}
        onLatest={toBottom}
      />
    </section>
  )
}

function Title({ isEmpty, children }: { isEmpty: boolean; children: string }) {
  return (
    <h2 dir="auto" className={isEmpty ? 'sr-only' : titleStyle}>
      {children}
    </h2>
  )
}

const titleStyle =
  'shrink-0 truncate border-b border-hairline px-4 py-2.5 text-sm text-soft lg:px-8'
