import { AbstractChat, lastAssistantMessageIsCompleteWithApprovalResponses } from 'ai'
import { chatTransport } from '#lib/ai/api/chat/chat-transport'
import { newId } from '#lib/ai/api/new-id'
import type { ChatMessage } from '#lib/contract/chat'
import type { ChatStore } from './chat-store.ts'

interface ChatMachineOptions {
  chatId: string
  store: ChatStore
  /** An answer came to its end. */
  onAnswer: (message: ChatMessage) => void
  /** A stream was cut off, or broke with this error. */
  onCut: (error?: Error) => void
}

/** Sends messages and streams their answers into the store. Heavy: load it when there is something to send. */
export class ChatMachine extends AbstractChat<ChatMessage> {
  constructor({ chatId, store, onAnswer, onCut }: ChatMachineOptions) {
    super({
      id: chatId,
      state: store,
      transport: chatTransport,
      generateId: () => newId('msg'),
      sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
      onFinish: ({ message, isAbort, isError, finishReason }) => {
        if (isAbort || isError) return
        // A stream that just ends, without a word that it is the end, was cut off as well.
        if (finishReason === undefined) onCut()
        else onAnswer(message)
      },
      onError: onCut,
    })
  }
}
