'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { useMessageBox } from '#components/chat/composer/message-composer'
import { ThinkingLine } from '#components/chat/thinking-line'
import type { VideoBrief } from '#lib/contract/chat-tools'
import type { NodeOf } from '#lib/contract/canvas/canvas'
import type { ChatView } from '#lib/contract/chat'
import { useSay } from '#lib/messages/use-say'
import { ComposerDock } from '../../../chat/components/composer-dock.tsx'
import { Messages } from '../../../chat/components/messages.tsx'
import { useVersions } from '../../../chat/hooks/use-artifacts.ts'
import { useAttachments, useComposer } from '../../../chat/hooks/use-composer.ts'
import { useChatView, useConversation } from '../../../chat/hooks/use-conversation.ts'
import { useStickToBottom } from '../../../chat/hooks/use-stick-to-bottom.ts'
import { useEditor } from '../../surface/editor.ts'
import type { BodyProps } from '../body-props.ts'
import { NodeLink } from './node-link.tsx'
import { SeesList } from './sees-list.tsx'

type ChatBodyProps = BodyProps<NodeOf<'chat'>>

/** The product's chat in small: what it makes are nodes at its side. */
export function ChatBody(props: ChatBodyProps) {
  const t = useTranslations('chat')
  const say = useSay()
  const { view, problem } = useChatView(props.node.chatId, false)
  if (view || problem?.code === 'not_found') return <Conversation {...props} initial={view} />
  return (
    <div className="m-auto p-4 text-sm">
      {problem ? <p>{say(problem.detail)}</p> : <ThinkingLine>{t('loading')}</ThinkingLine>}
    </div>
  )
}

const nothing = () => {}

function Conversation({ node, doc, initial }: ChatBodyProps & { initial: ChatView | undefined }) {
  const t = useTranslations('canvasNodes')
  const { announce } = useEditor()
  const { chatId } = node
  const conversation = useConversation({ chatId, initial, announce, onChange: nothing })
  const versions = useVersions(conversation)
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const { isAway, toBottom } = useStickToBottom(scroller, content)
  const images = useAttachments(chatId, announce)
  const box = useMessageBox()
  const composer = useComposer({ conversation, draftOf: chatId, images, box, onSend: toBottom })
  // The server must know this node and what is connected before it answers.
  const send = () => void doc.flush().then(composer.send, composer.send)
  const isEmpty = conversation.messages.length === 0
  return (
    <section aria-label={t('chat')} className="nodrag nowheel flex size-full min-h-0 flex-col pt-3">
      <SeesList node={node} doc={doc} />
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3">
        <div ref={content} className="flex min-h-full flex-col py-2 text-sm">
          {isEmpty ? (
            <p className="m-auto text-center text-soft">{t('chatEmpty')}</p>
          ) : (
            <Messages
              conversation={conversation}
              versions={versions}
              announce={announce}
              onOpen={nothing}
              onDelete={nothing}
              renderVideo={renderLink}
            />
          )}
        </div>
      </div>
      <ComposerDock
        composer={{ ...composer, send }}
        images={images}
        isOver={false}
        isAway={isAway}
        onLatest={toBottom}
        isWide={false}
      />
    </section>
  )
}

function renderLink(brief: VideoBrief) {
  return <NodeLink key={brief.fileId} brief={brief} />
}
