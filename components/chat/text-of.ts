import type { ChatMessage } from '#lib/contract/chat-message'

/** The words of a message, without its tools. */
export function textOf({ parts }: Pick<ChatMessage, 'parts'>) {
  return parts
    .flatMap((part) => (part.type === 'text' && part.text.trim() ? [part.text] : []))
    .join('\n\n')
}
