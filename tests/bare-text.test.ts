import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAst } from 'vitest/node'

const root = join(import.meta.dirname, '..')

/** A node of the syntax tree, as far as this test looks at it. */
interface Node {
  type: string
  start: number
  [field: string]: unknown
}

/** How a child of an element can change: never, as an element, or as a text. */
type Kind = 'blank' | 'still text' | 'still' | 'elements' | 'text'

// What these hold are elements; a text in them has an element of its own.
const elementNames = /^(children|icon|frame|stepper|aside|undefined)$/
const elementMakers = /^(map|flatMap|render[A-Z].*)$/

/** The kind of an expression between braces. */
function kindOf(node: Node): Kind {
  switch (node.type) {
    case 'JSXElement':
      return 'still'
    case 'JSXEmptyExpression':
      return 'blank'
    case 'JSXFragment':
      return 'elements'
    case 'JSXText':
      return isBlank(node.value) ? 'blank' : 'still text'
    case 'Literal':
      if (typeof node.value !== 'string') return 'elements'
      return isBlank(node.value) ? 'blank' : 'still text'
    case 'JSXExpressionContainer':
      return kindOf(node.expression as Node)
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return kindOf(node.expression as Node)
    case 'LogicalExpression':
      return alternating(kindOf(node.right as Node))
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].some(
        (branch) => alternating(kindOf(branch as Node)) === 'text',
      )
        ? 'text'
        : 'elements'
    default:
      return nameOf(node).match(elementNames) || nameOf(node).match(elementMakers)
        ? 'elements'
        : 'text'
  }
}

/** The kind of what is there only sometimes. */
function alternating(kind: Kind): Kind {
  return kind === 'still text' || kind === 'text' ? 'text' : 'elements'
}

function isBlank(value: unknown) {
  return typeof value === 'string' && value.trim() === ''
}

/** The last name of an identifier, a member or a call. */
function nameOf(node: Node): string {
  if (node.type === 'Identifier') return String(node.name)
  if (node.type === 'MemberExpression') return nameOf(node.property as Node)
  if (node.type === 'CallExpression') return nameOf(node.callee as Node)
  return ''
}

/**
 * Whether a translator's change of the page breaks React here. React updates a text that is alone in its element
 * through the element. A text next to others is updated and removed as a node of its own, and React also inserts before
 * it; a translator has put another node in its place.
 */
function isBare(parent: Node) {
  const kinds = (parent.children as Node[]).map(kindOf).filter((kind) => kind !== 'blank')
  const hasText = kinds.includes('text') || kinds.includes('still text')
  if (parent.type === 'JSXFragment') return hasText
  if (kinds.length < 2) return false
  return kinds.includes('text') || (kinds.includes('still text') && kinds.includes('elements'))
}

/** Whether a component returns a text and no element. */
function isBareReturn(node: Node, component: string) {
  if (node.type !== 'ReturnStatement' || !node.argument || !/^[A-Z]/.test(component)) return false
  const { type } = node.argument as Node
  return ['Identifier', 'TemplateLiteral'].includes(type)
    ? kindOf(node.argument as Node) === 'text'
    : type === 'Literal' && kindOf(node.argument as Node) === 'still text'
}

/** The lines of a source file with a bare text. */
function bareTexts(source: string): number[] {
  const found: number[] = []
  visit(parseAst(source, { lang: 'tsx' }) as unknown as Node, '')
  return found

  function visit(node: Node, component: string) {
    const isElement = node.type === 'JSXElement' || node.type === 'JSXFragment'
    if ((isElement && isBare(node)) || isBareReturn(node, component))
      found.push(source.slice(0, node.start).split('\n').length)
    const isFunction = node.type === 'FunctionDeclaration'
    const inside = isFunction ? nameOf(node.id as Node) : component
    for (const value of Object.values(node))
      for (const part of [value].flat())
        if (part && typeof part === 'object' && 'type' in part) visit(part as Node, inside)
  }
}

test('F2: no text that can change is next to others in its element', () => {
  const files = globSync('{app,components}/**/*.tsx', { cwd: root })
  expect(files.length).toBeGreaterThan(50)
  const found = files.flatMap((path) =>
    bareTexts(readFileSync(join(root, path), 'utf8')).map((line) => `${path}:${line}`),
  )
  expect(found).toEqual([])
})

test('F2: the search finds what breaks', () => {
  const breaking = [
    '<p>{count} of {total}</p>',
    '<p>Retry{price && <b>{price}</b>}</p>',
    '<button>{isCopied ? <Check /> : <Copy />}Copy</button>',
    "<button><Icon />{isOn ? 'Stop' : 'Send'}</button>",
    '<>{label}{message && <span>{message}</span>}</>',
    "<p>{isLong && 'Long. '}<b>Ready</b></p>",
    '<p>{view.model} by <b>{name}</b></p>',
  ]
  const holding = [
    '<p>{`${count} of ${total}`}</p>',
    "<p>{isOn ? 'Stop' : 'Send'}</p>",
    '<button><Plus />New chat</button>',
    '<p><span>Retry</span>{price && <b>{price}</b>}</p>',
    '<ul>{list.map((one) => <li>{one}</li>)}{hasMore && <li>More</li>}</ul>',
    "<p>Loading.{' '}<b>Wait</b></p>",
  ]
  const linesOf = (elements: string[]) => bareTexts(elements.join(';\n'))
  expect(linesOf(breaking)).toEqual(breaking.map((_, index) => index + 1))
  expect(linesOf(holding)).toEqual([])
  expect(bareTexts('function Figure({ words }) { return words }')).toEqual([1])
})
