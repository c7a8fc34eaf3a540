import { placeOf } from '#lib/contract/canvas/free-place'
import type { CanvasChange, CanvasNode } from '#lib/contract/canvas/canvas'
import { around, holds, middleOf, type Point } from '../shape/places.ts'

type Nodes = ReadonlyMap<string, CanvasNode>

/** Room around what is in a group, and above it for its name. */
const padding = 24

/** Puts nodes into a new group; groups among them stay what they are, for a group is in no group. */
export function groupUp(
  ids: ReadonlySet<string>,
  nodes: Nodes,
  group: { id: string; name: string },
): CanvasChange[] {
  const inside = [...ids]
    .flatMap((id) => nodes.get(id) ?? [])
    .filter(({ kind }) => kind !== 'group')
  const frame = around(inside.map((node) => placeOf(node, nodes)))
  if (!frame) return []
  const corner = { x: Math.round(frame.x - padding), y: Math.round(frame.y - padding) }
  const size = {
    width: Math.min(5_000, Math.round(frame.width + 2 * padding)),
    height: Math.min(5_000, Math.round(frame.height + 2 * padding)),
  }
  return [
    { change: 'add', node: { kind: 'group', ...group, ...corner, ...size, groupId: null } },
    ...inside.map((node) => into(node, { id: group.id, ...corner }, nodes)),
  ]
}

/** Removes groups; what was in them stays where it is. */
export function ungroup(ids: ReadonlySet<string>, nodes: Nodes): CanvasChange[] {
  const groups = [...ids].filter((id) => nodes.get(id)?.kind === 'group')
  const free = [...nodes.values()].filter(({ groupId }) => groupId && groups.includes(groupId))
  return [
    ...free.map((node) => into(node, null, nodes)),
    ...groups.map((id) => ({ change: 'remove', id }) as const),
  ]
}

/** What moved nodes belong to now: the group below the middle of each, or none. */
export function dropped(
  moved: readonly { id: string; position: Point }[],
  nodes: Nodes,
): CanvasChange[] {
  const groups = [...nodes.values()].filter(({ kind }) => kind === 'group')
  const ids = new Set(moved.map(({ id }) => id))
  return moved.flatMap(({ id, position }) => {
    const before = nodes.get(id)
    if (!before) return []
    const x = Math.round(position.x)
    const y = Math.round(position.y)
    const here: Nodes = new Map(nodes).set(id, { ...before, x, y })
    const node = here.get(id)!
    const middle = middleOf(placeOf(node, here))
    const below = groups.find((group) => holds(group, middle))
    const stays =
      node.kind === 'group' ||
      (below?.id ?? null) === node.groupId ||
      // With its group.
      (node.groupId !== null && ids.has(node.groupId))
    if (!stays) return [into(node, below ?? null, here)]
    return before.x === x && before.y === y ? [] : [{ change: 'set', id, fields: { x, y } }]
  })
}

function into(node: CanvasNode, group: (Point & { id: string }) | null, nodes: Nodes) {
  const { x, y } = placeOf(node, nodes)
  const from = group ?? { x: 0, y: 0 }
  const fields = {
    groupId: group?.id ?? null,
    x: Math.round(x - from.x),
    y: Math.round(y - from.y),
  }
  return { change: 'set', id: node.id, fields } as const
}
