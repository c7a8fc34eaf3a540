import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'vitest/node'

const root = join(import.meta.dirname, '../..')

/** A node of the syntax tree, as far as tests look at it. */
export interface Node {
  type: string
  start: number
  [field: string]: unknown
}

export interface SourceFile {
  path: string
  text: string
}

/** The product's source files in some folders, without tests. */
export function sourcesIn(pattern: string): SourceFile[] {
  return globSync(pattern, { cwd: root })
    .filter((path) => !/\.test\.tsx?$|(^|\/)test-[^/]*\.tsx?$|\.d\.ts$/.test(path))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Calls `visit` with every node of a file and the nodes it is in, the nearest first. */
export function walk({ path, text }: SourceFile, visit: (node: Node, above: Node[]) => void) {
  const lang = path.endsWith('.tsx') ? 'tsx' : 'ts'
  const go = (node: Node, above: Node[]) => {
    visit(node, above)
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof child?.type === 'string') go(child as Node, [node, ...above])
  }
  go(parseAst(text, { lang }, path) as unknown as Node, [])
}

export function lineOf({ text }: SourceFile, { start }: Node) {
  return text.slice(0, start).split('\n').length
}
