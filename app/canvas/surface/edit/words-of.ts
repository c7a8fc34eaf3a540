import type { CanvasNode } from '#lib/contract/canvas/canvas'

/** What a node says by itself: its text, its name, or its prompt; empty where nothing. */
export function wordsOf(node: CanvasNode): string {
  if (node.kind === 'text' || node.kind === 'note') return node.text
  if (node.kind === 'group') return node.name
  if (node.kind === 'chat') return ''
  const { prompt } = node.settings
  return typeof prompt === 'string' ? prompt : ''
}

const shortest = 60

/** Its first words, on one line. */
export function firstWordsOf(node: CanvasNode): string {
  const line = wordsOf(node).trim().replaceAll(/\s+/g, ' ')
  return line.length > shortest ? `${line.slice(0, shortest).trimEnd()}…` : line
}
