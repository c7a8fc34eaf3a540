import { beginningOf } from '#lib/contract/text/plain-text'
import { connectedTo } from '#lib/contract/canvas/connected'
import { shownVersion } from '#lib/contract/canvas/brought'
import { database } from '../../db/client.ts'
import { findChatNode } from '../chat-node.ts'
import { readContent } from '../store/elements.ts'

/** What a chat reads of its canvas, the nearest node first: a text, or what a media node shows. */
export type ContextItem =
  | { nodeId: string; kind: 'text' | 'note'; text: string }
  | { nodeId: string; kind: 'image' | 'video'; fileId: string | null; prompt: string }

/** Letters of one text that are read. */
export const contextTextMaxLength = 2_000

/** What a chat of this owner reads; nothing where it is on no canvas. */
export async function readContext(chat: {
  ownerId: string
  chatId: string
}): Promise<ContextItem[]> {
  const found = await findChatNode(chat)
  if (!found) return []
  const { nodes, edges } = await readContent(database(), found.canvas.id)
  return connectedTo(found.node, { nodes, edges: edges.values() }).flatMap(
    (node): ContextItem[] => {
      const { id: nodeId } = node
      if (node.kind === 'text' || node.kind === 'note') {
        const text = beginningOf(node.text, contextTextMaxLength)
        return text.trim() === '' ? [] : [{ nodeId, kind: node.kind, text }]
      }
      if (node.kind !== 'image' && node.kind !== 'video') return []
      const { settings } = node
      const fileId = shownVersion(node)
      const prompt = typeof settings.prompt === 'string' ? settings.prompt : ''
      if (fileId === null && prompt === '') return []
      return [
        { nodeId, kind: node.kind, fileId, prompt: beginningOf(prompt, contextTextMaxLength) },
      ]
    },
  )
}
