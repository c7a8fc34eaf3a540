import type { LineageNode, LineageView } from './library.ts'

/** One thing of a family tree, with those it was made from (or that were made from it) below. */
export interface Kin {
  node: LineageNode
  kin: Kin[]
}

/** The direct parents of an item with theirs, and its children with theirs. Each item is told once in a tree. */
export function familyOf({ id, nodes, edges }: LineageView) {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]))
  const tree = (of: string, next: (id: string) => string[], seen: ReadonlySet<string>): Kin[] =>
    [...new Set(next(of))].flatMap((one) => {
      const node = nodeOf.get(one)
      if (!node || seen.has(one)) return []
      return [{ node, kin: tree(one, next, new Set([...seen, one])) }]
    })
  const parents = (of: string) =>
    edges.filter(({ childId }) => childId === of).map(({ parentId }) => parentId)
  const children = (of: string) =>
    edges.filter(({ parentId }) => parentId === of).map(({ childId }) => childId)
  const self = new Set([id])
  return { from: tree(id, parents, self), to: tree(id, children, self) }
}

/** The video that an item continues: it begins with a frame that was taken of it. Undefined where there is none. */
export function continuedBy({ id, nodes, edges }: LineageView): string | undefined {
  const frame = edges.find(({ childId, role }) => childId === id && role === 'firstFrame')
  const source = edges.find(({ childId, role }) => childId === frame?.parentId && role === 'source')
  const node = nodes.find((one) => one.id === source?.parentId)
  return node?.isThere && node.type === 'video' && !node.isTrashed ? node.id : undefined
}
