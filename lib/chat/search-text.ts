import type { ChatMessage } from '#lib/contract/chat-message'

/** What a message can be found by: its texts, and the prompts of the videos it asked for. */
export function searchText(parts: ChatMessage['parts']) {
  return parts
    .flatMap((part) => {
      if (part.type === 'text') return part.text
      if (part.type === 'tool-generateVideo') return part.input?.prompt ?? []
      return []
    })
    .join('\n')
    .toLowerCase()
}
