import { expect, test } from 'vitest'
import type { CanvasNodeKind } from '#lib/contract/canvas/canvas'
import { placesOf } from '#lib/contract/canvas/free-place'
import type { Editor } from '../editor.ts'
import { addNode } from './actions.ts'
import { memoryDoc } from './test-doc.ts'

const kinds: CanvasNodeKind[] = ['text', 'image', 'video', 'chat', 'note', 'text', 'text']

test('nodes that are added at one place are over no other', () => {
  const doc = memoryDoc('canvas')
  const been: string[] = []
  const editor = {
    doc,
    announce: () => {},
    goTo: (id: string) => been.push(id),
  } as unknown as Editor
  for (const kind of kinds) addNode(editor, kind, { x: 0, y: 0 })
  const places = placesOf(doc.read().nodes)
  const over = places.flatMap((a, index) =>
    places
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width)
      .filter((b) => a.y < b.y + b.height && b.y < a.y + a.height),
  )
  expect(over).toEqual([])
  expect(been).toEqual([...doc.read().nodes.keys()])
})
