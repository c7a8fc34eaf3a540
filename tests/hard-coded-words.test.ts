import { expect, test } from 'vitest'
import { type Node, type SourceFile, lineOf, sourcesIn, walk } from './support/syntax-tree.ts'

// What a person reads is a message of `lib/messages`, in each language. A text of the screens that is none is found here.

/** Attributes that are read by people, on screen or aloud. */
const readAttributes =
  /^(alt|title|placeholder|label|description|heading|text|words|what|hint|message|note|detail|aria-(label|description|roledescription|valuetext|placeholder))$/
/** Calls and places whose texts are for programs, operators and developers. */
const forProgramsOnly =
  /^(clsx|cva|Error|TypeError|useTranslations|getTranslations|message|t|querySelector|require|includes|has)$/
const names =
  /^(Photofinish|Cmd|Ctrl|Enter|Esc|Tab|Shift|Control|Meta|Del|Delete|Backspace|KB|MB|GB|H\.26[45]|MP4|WebM|[A-Z]{2,})$/

/** A text with a word in it that is no name. */
function isWords(text: string) {
  return (text.match(/\p{L}{2,}/gu) ?? []).some((word) => !names.test(word))
}

/** Two words at least, the first one of them as a sentence or a label begins. */
function isSentence(text: string) {
  return /^\P{L}*\p{Lu}\p{L}*['’]?\p{L}* \p{L}/u.test(text.trim()) || /^\p{Lu}\p{Ll}+$/u.test(text)
}

function textOf(node: Node) {
  if (node.type === 'JSXText') return String(node.value)
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : ''
  if (node.type !== 'TemplateLiteral') return ''
  return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('x')
}

function nameOf(node: Node | undefined): string {
  if (!node) return ''
  if (node.type === 'MemberExpression') return nameOf(node.property as Node)
  return typeof node.name === 'string' ? node.name : ''
}

function isForPrograms(above: Node[]) {
  return above.some(
    (one) =>
      one.type === 'ImportDeclaration' ||
      one.type === 'ThrowStatement' ||
      one.type.startsWith('TS') ||
      (/^(CallExpression|NewExpression)$/.test(one.type) &&
        forProgramsOnly.test(nameOf(one.callee as Node))) ||
      (one.type === 'JSXAttribute' &&
        /^(class|style|key|id|href|d|rel|data-|aria-keyshortcuts)/.test(nameOf(one.name as Node))),
  )
}

function isRead(text: string, [parent, ...rest]: Node[]) {
  const near = parent?.type === 'JSXExpressionContainer' ? rest[0] : parent
  if (near?.type === 'JSXElement' || near?.type === 'JSXFragment') return isWords(text)
  if (near?.type === 'JSXAttribute' && readAttributes.test(nameOf(near.name as Node)))
    return isWords(text)
  return isSentence(text) && isWords(text)
}

function hardCodedIn(file: SourceFile) {
  const found: string[] = []
  walk(file, (node, above) => {
    const text = textOf(node)
    if (!text.trim() || isForPrograms(above) || node.type === 'Program') return
    // A directive, a key of an object, a case of a union: compared, never shown.
    if (
      above[0]?.type === 'ExpressionStatement' ||
      /^(BinaryExpression|SwitchCase)$/.test(above[0]?.type ?? '')
    )
      return
    if (node.type === 'JSXText' ? isWords(text) : isRead(text, above))
      found.push(`${file.path}:${lineOf(file, node)}: ${text.trim().replaceAll(/\s+/g, ' ')}`)
  })
  return found
}

test('no screen has words of its own', () => {
  expect(sourcesIn('{app,components}/**/*.{ts,tsx}').flatMap(hardCodedIn)).toEqual([])
})

test('a planted one is found', () => {
  const plant = (text: string) => hardCodedIn({ path: 'app/planted.tsx', text })
  expect(plant('const A = () => <p>Your videos appear here.</p>')).toHaveLength(1)
  expect(plant('const A = () => <p>{isOn ? `Set` : t("off")}</p>')).toHaveLength(1)
  expect(plant('const A = () => <Button aria-label="close" />')).toHaveLength(1)
  expect(plant('const label = `Charged ${usd}, as quoted`')).toHaveLength(1)
  expect(plant('const label = { ok: "Operational" }')).toHaveLength(1)
  expect(plant('const A = () => <p className="flex gap-2">{t("ready")}</p>')).toEqual([])
  expect(plant('throw new Error("Not inside a provider")')).toEqual([])
})
