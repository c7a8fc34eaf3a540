'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ThinkingLine } from '#components/chat/thinking-line'
import type { Problem } from '#lib/contract/problem'
import { useSay } from '#lib/messages/use-say'
import { peekSentMessage } from '../hooks/message-draft.ts'
import { useChatView } from '../hooks/use-conversation.ts'
import { ConversationView, type ConversationViewProps } from './conversation-view.tsx'

interface ChatLoaderProps extends Omit<ConversationViewProps, 'initial'> {
  onNew: () => void
}

/** Loads a chat and shows it. Give it a key of its own for each. */
export function ChatLoader({ onNew, ...rest }: ChatLoaderProps) {
  const t = useTranslations('chat')
  // Its first message gives it an address; the screen stays as it is.
  const [wasNew] = useState(rest.isNew)
  // A message was on its way when the page was left: it may not have arrived, and begins the chat now.
  const [wasBegun] = useState(() => peekSentMessage(rest.chatId) !== undefined)
  const { view, problem, reload } = useChatView(rest.chatId, wasNew)
  const isToBegin = wasBegun && problem?.code === 'not_found'
  if (wasNew || view || isToBegin)
    return (
      <ConversationView
        {...rest}
        initial={view}
        title={rest.title ?? (view && (view.title || t('untitled')))}
      />
    )
  return (
    <div className="m-auto p-6">
      {problem ? (
        <ChatMissing problem={problem} onReload={reload} onNew={onNew} />
      ) : (
        <ThinkingLine>{t('loading')}</ThinkingLine>
      )}
    </div>
  )
}

interface ChatMissingProps {
  problem: Problem
  onReload: () => void
  onNew: () => void
}

function ChatMissing({ problem, onReload, onNew }: ChatMissingProps) {
  const t = useTranslations('chat')
  const say = useSay()
  const isGone = problem.code === 'not_found'
  return (
    <div className="max-w-prose border-l-2 border-signal pl-6">
      <h2 className="text-lg font-semibold tracking-tight">
        {isGone ? t('missing.gone') : t('missing.failed')}
      </h2>
      <p className="mt-1 text-sm text-soft">
        {isGone ? t('missing.goneWhy') : say(problem.detail)}
      </p>
      <Button className="mt-4" onClick={() => (isGone ? onNew() : onReload())}>
        {isGone ? t('newChat') : t('tryAgain')}
      </Button>
    </div>
  )
}
