import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, applyEach, type CanvasContent } from './apply-changes.ts'
import { type CanvasChange, type CanvasNode, type CanvasEdgeRole, canvasLimits } from './canvas.ts'

const empty: CanvasContent = { nodes: new Map(), edges: new Map() }
const idOf = (kind: 'node' | 'edge', index: number) => `${kind}_${String(index).padStart(24, '0')}`
const common = { x: 0, y: 0, width: 200, height: 100, groupId: null }

function text(index: number, more: object = {}): CanvasNode {
  return { kind: 'text', id: idOf('node', index), ...common, text: '', ...more }
}

function video(index: number, versions: string[] = []): CanvasNode {
  const media = { settings: {}, versions, pinned: null }
  return { kind: 'video', id: idOf('node', index), ...common, ...media }
}

function group(index: number, more: object = {}): CanvasNode {
  return { kind: 'group', id: idOf('node', index), ...common, name: '', ...more }
}

const add = (node: CanvasNode): CanvasChange => ({ change: 'add', node })
const set = (index: number, fields: Record<string, never> | object): CanvasChange => ({
  change: 'set',
  id: idOf('node', index),
  fields: fields as Record<string, string>,
})
const remove = (id: string): CanvasChange => ({ change: 'remove', id })

function join(index: number, source: number, target: number, role: CanvasEdgeRole = 'prompt') {
  const ends = { source: idOf('node', source), target: idOf('node', target) }
  const edge = { id: idOf('edge', index), ...ends, role, order: 0 }
  return { change: 'add', edge } satisfies CanvasChange
}

function made(...changes: CanvasChange[]) {
  const applied = applyChanges(empty, changes)
  expect(applied.refusal).toBeNull()
  return applied.content
}

const refusal = (content: CanvasContent, ...changes: CanvasChange[]) => {
  const applied = applyChanges(content, changes)
  expect(applied.content).toBe(content)
  return applied.refusal && { key: applied.refusal.says.key, field: applied.refusal.field }
}

describe('changes of a canvas', () => {
  test('name fields; what is not named stays, and maps without a change are the same', () => {
    const content = made(add(text(1, { text: 'a' })), add(text(2)), join(1, 1, 2))
    const { content: next, touched } = applyChanges(content, [set(1, { x: 40 })])
    expect(next.nodes.get(idOf('node', 1))).toMatchObject({ x: 40, y: 0, text: 'a' })
    expect(next.nodes.get(idOf('node', 2))).toBe(content.nodes.get(idOf('node', 2)))
    expect(next.edges).toBe(content.edges)
    expect([...touched!]).toEqual([idOf('node', 1)])
    expect(applyChanges(content, [set(1, { x: 0 })]).content).toBe(content)
  })

  test('are taken whole or not at all', () => {
    const content = made(add(text(1)))
    expect(refusal(content, set(1, { x: 7 }), set(1, { x: 'far' }))).toEqual({
      key: 'canvasChange.faultyField',
      field: 'changes[1].fields.x',
    })
  })

  test('of a removed element change nothing; it does not come back', () => {
    const content = made(add(text(1)))
    const without = applyChanges(content, [remove(idOf('node', 1))]).content
    expect(without.nodes.size).toBe(0)
    const changes = [set(1, { x: 7 }), remove(idOf('node', 1))]
    expect(applyChanges(without, changes).content).toBe(without)
  })

  test('sent again are no second element; another of that id is refused', () => {
    const content = made(add(text(1)))
    expect(applyChanges(content, [add(text(1))]).content).toBe(content)
    expect(refusal(content, add(text(1, { x: 3 })))?.key).toBe('canvasChange.idTaken')
  })

  test('removing a node removes its edges; removing a group frees what is in it where it is', () => {
    const content = made(
      add(group(1, { x: 100, y: 50 })),
      add(text(2, { groupId: idOf('node', 1), x: 5 })),
      add(text(3)),
      join(1, 2, 3),
      join(2, 3, 1),
    )
    const { content: next, touched } = applyChanges(content, [remove(idOf('node', 1))])
    expect(next.nodes.get(idOf('node', 2))).toMatchObject({ x: 105, y: 50, groupId: null })
    expect([...next.edges.keys()]).toEqual([idOf('edge', 1)])
    expect(touched!.size).toBe(3)
  })

  test('a group that is gone, is none, or would be within another', () => {
    const content = made(add(group(1)), add(text(2)))
    const { content: next } = applyChanges(content, [add(text(3, { groupId: idOf('node', 9) }))])
    expect(next.nodes.get(idOf('node', 3))?.groupId).toBeNull()
    const within = { groupId: idOf('node', 1) }
    expect(refusal(content, add(group(3, within)))?.key).toBe('canvasChange.groupInGroup')
    expect(refusal(content, set(2, { groupId: idOf('node', 2) }))?.key).toBe('canvasChange.noGroup')
  })

  test('ids, kinds and fields that are none are refused, each by its name', () => {
    const content = made(add(text(1)), add(video(2)))
    const faults: [object, string][] = [
      [{ id: idOf('node', 5) }, 'id'],
      [{ kind: 'note' }, 'kind'],
      [{ prompt: 'x' }, 'prompt'],
      [{ width: 1 }, 'width'],
      [{ x: null }, 'x'],
      [{ addVersions: ['file_1'] }, 'addVersions'],
      [{ text: 'x'.repeat(20_001) }, 'text'],
    ]
    for (const [fields, field] of faults)
      expect([refusal(content, set(1, fields))?.field, field]).toEqual([
        field === 'addVersions' ? 'changes[0].fields.versions' : `changes[0].fields.${field}`,
        field,
      ])
    expect(refusal(content, { change: 'add' })?.key).toBe('canvasChange.oneElement')
  })

  test('versions of two who put something there at once are both kept', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => `file_${letter.repeat(24)}`) as [
      string,
      string,
      string,
    ]
    const content = made(add(video(1, [a])))
    const changes = [
      set(1, { addVersions: [b] }),
      set(1, { addVersions: [c, a], pinned: b }),
      set(1, { removeVersions: [b] }),
    ]
    const { content: next } = applyChanges(content, changes)
    expect(next.nodes.get(idOf('node', 1))).toMatchObject({ versions: [a, c], pinned: null })
  })
})

describe('connections', () => {
  const nodes = [1, 2, 3].map((index) => add(text(index)))

  test('need both ends, are there once, and close no circle', () => {
    const content = made(...nodes, join(1, 1, 2), join(2, 2, 3))
    expect(refusal(content, join(3, 1, 9))).toEqual({
      key: 'canvasChange.danglingEdge',
      field: 'changes[0].edge.target',
    })
    expect(refusal(content, join(3, 1, 2))?.key).toBe('canvasChange.edgeThere')
    expect(refusal(content, join(3, 3, 1))?.key).toBe('canvasChange.cycle')
    expect(refusal(content, join(3, 1, 1))?.key).toBe('canvasChange.cycle')
    const turn = { source: idOf('node', 3), target: idOf('node', 2) }
    const turned: CanvasChange = { change: 'set', id: idOf('edge', 2), fields: turn }
    expect(applyChanges(content, [turned]).refusal).toBeNull()
    expect(refusal(content, { ...turned, id: idOf('edge', 1) })?.key).toBe('canvasChange.cycle')
  })

  test('a chat may read what it made', () => {
    const content = made(...nodes, join(1, 1, 2, 'made'))
    expect(applyChanges(content, [join(2, 2, 1, 'context')]).refusal).toBeNull()
  })

  test('random graphs never hold a circle nor a loose end', () => {
    const ends = fc.tuple(fc.nat(5), fc.nat(5))
    const step = fc.oneof(
      ends.map(([from, to]) => ({ from, to })),
      fc.nat(5).map((gone) => ({ gone })),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const all = [0, 1, 2, 3, 4, 5].map((index) => add(text(index)))
        const changes = steps.map((one, index) =>
          'gone' in one ? remove(idOf('node', one.gone)) : join(index, one.from, one.to),
        )
        const { content, kept } = applyEach(empty, [...all, ...changes])
        expect(made(...kept)).toEqual(content)
        for (const { source, target } of content.edges.values())
          expect(content.nodes.has(source) && content.nodes.has(target)).toBe(true)
        const left = new Map(content.nodes)
        for (let before = -1; before !== left.size;) {
          before = left.size
          for (const id of left.keys())
            if (![...content.edges.values()].some((e) => e.target === id && left.has(e.source)))
              left.delete(id)
        }
        expect(left.size).toBe(0)
      }),
    )
  })
})

test('a canvas that is full takes no more, and lets the rest be changed', () => {
  const nodes = new Map(
    Array.from({ length: canvasLimits.nodes }, (_, index) => [idOf('node', index), text(index)]),
  )
  const full = { nodes, edges: new Map() }
  expect(refusal(full, add(text(5_000)))?.key).toBe('canvasChange.tooManyNodes')
  expect(applyChanges(full, [set(3, { x: 1 })]).refusal).toBeNull()
  expect(applyChanges(full, [remove(idOf('node', 3)), add(text(5_000))]).refusal).toBeNull()
})

test('each for itself: one refused keeps no other from being taken', () => {
  const changes = [add(text(1)), join(1, 1, 2), set(1, { x: 3 })]
  const { content, kept, refusal: first } = applyEach(empty, changes)
  expect(kept).toHaveLength(2)
  expect(content.nodes.get(idOf('node', 1))?.x).toBe(3)
  expect(first?.says.key).toBe('canvasChange.danglingEdge')
})
