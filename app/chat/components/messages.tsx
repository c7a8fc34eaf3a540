'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useMemo } from 'react'
import { Answer } from '#components/chat/message/answer'
import { AnswerNotice } from '#components/chat/message/answer-notice'
import { UserMessage } from '#components/chat/message/user-message'
import { ThinkingLine } from '#components/chat/thinking-line'
import { Button } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { type ChatMessage, imagesOf } from '#lib/contract/chat'
import type { VideoBrief } from '#lib/contract/chat-tools'
import type { FileView } from '#lib/contract/file-view'
import type { ErrorCode } from '#lib/contract/problem'
import { type Sentence, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { UsageLink } from '../../people/money/usage-link.tsx'
import { SignInButton } from '../../people/sign-in-link.tsx'
import { type useVersions, useArtifactHandlers } from '../hooks/use-artifacts.ts'
import type { Conversation } from '../hooks/use-conversation.ts'
import { Artifact } from './artifact.tsx'

interface MessagesProps {
  conversation: Conversation
  versions: ReturnType<typeof useVersions>
  announce: (sentence: Sentence) => void
  onOpen: (fileId: string) => void
  onDelete: (view: FileView) => void
  /** Draws a video of the conversation in another way than as a card; always the same function. */
  renderVideo?: (brief: VideoBrief) => ReactNode
}

/** What has been said, oldest first, with the videos where they came up. */
export function Messages({ conversation, announce, renderVideo, ...deeds }: MessagesProps) {
  const t = useTranslations('chat')
  const { session, messages, videos } = conversation
  const isAnswering = conversation.isAnswering || conversation.isRecovering
  const handlers = useArtifactHandlers({ announce, ...deeds })
  const renderCard = useCallback(
    (brief: VideoBrief) => (
      <CardBoundary key={brief.fileId}>
        <Artifact brief={brief} videos={videos} handlers={handlers} announce={announce} />
      </CardBoundary>
    ),
    [videos, handlers, announce],
  )
  const { onSpend, regenerate, goOn } = useAnswerHandlers(session)
  const resend = (message: ChatMessage, text: string) =>
    session.send({ text, images: imagesOf(message) }, message.id)
  return (
    <div role="log" aria-label={t('message.conversation')} aria-live="off" className="space-y-8">
      {messages.map((message, index) => {
        const isLast = index === messages.length - 1
        if (message.role === 'user')
          return (
            <CardBoundary key={message.id}>
              <UserMessage
                message={message}
                onResend={isAnswering ? undefined : (text) => resend(message, text)}
              />
            </CardBoundary>
          )
        return (
          <CardBoundary key={message.id}>
            <Answer
              message={message}
              isOpen={isLast && isAnswering}
              renderVideo={renderVideo ?? renderCard}
              renderMore={renderMore}
              onSpend={onSpend}
              onRegenerate={isLast && !isAnswering ? regenerate : undefined}
              onGoOn={isLast && !isAnswering ? goOn : undefined}
            />
          </CardBoundary>
        )
      })}
      <CardBoundary>
        <ConversationEnd conversation={conversation} />
      </CardBoundary>
    </div>
  )
}

/** Where there is more to be had, for videos that were refused for their money. */
function renderMore(code: ErrorCode) {
  return <UsageLink code={code} />
}

/** What can be done with an answer; always the same functions, so that streaming text redraws no other one. */
function useAnswerHandlers(session: Conversation['session']) {
  const t = useTranslations('chat.answer')
  return useMemo(
    () => ({
      onSpend: (ids: string[], isApproved: boolean) => session.decide(ids, isApproved),
      regenerate: () => session.regenerate(),
      goOn: () => void session.send({ text: t('goOnMessage'), images: [] }),
    }),
    [session, t],
  )
}

/** The place of the next answer: a wait, a problem, or a message that is not answered. */
function ConversationEnd({ conversation }: { conversation: Conversation }) {
  const { session, messages, isAnswering, isRecovering, refusal } = conversation
  const t = useTranslations('chat.answer')
  const say = useSay()
  const isUnanswered = messages.at(-1)?.role === 'user'
  if (isRecovering) return <ThinkingLine>{t('reconnecting')}</ThinkingLine>
  if (refusal)
    return (
      <AnswerNotice
        problem={refusal.problem}
        retryAtMs={refusal.retryAtMs}
        onRetry={() => session.retry()}
      >
        {refusal.problem.code === 'sign_in_required' && (
          <SignInButton>{say(message('header.signIn'))}</SignInButton>
        )}
        <UsageLink code={refusal.problem.code} />
      </AnswerNotice>
    )
  if (!isUnanswered) return null
  if (isAnswering) return <ThinkingLine>{t('working')}</ThinkingLine>
  return (
    <Button size="small" onClick={() => session.retry()}>
      {t('request')}
    </Button>
  )
}
