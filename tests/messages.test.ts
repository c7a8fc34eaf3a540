import { TYPE, type MessageFormatElement, parse } from '@formatjs/icu-messageformat-parser'
import { describe, expect, test } from 'vitest'
import english from '../lib/messages/en.json' with { type: 'json' }
import russian from '../lib/messages/ru.json' with { type: 'json' }
import { type Node, sourcesIn, walk } from './support/syntax-tree.ts'

const en = flat(english)
const ru = flat(russian)

function flat(tree: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([name, value]) =>
      typeof value === 'string' ? [[prefix + name, value]] : [...flat(value, `${prefix}${name}.`)],
    ),
  )
}

/** The values and tags a message takes, and the plural forms it has. */
function partsOf(text: string) {
  const values = new Set<string>()
  const plurals: string[][] = []
  const visit = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue
      values.add(element.value)
      if (element.type === TYPE.tag) visit(element.children)
      if (element.type !== TYPE.plural && element.type !== TYPE.select) continue
      if (element.type === TYPE.plural && element.pluralType === 'cardinal')
        plurals.push(Object.keys(element.options).filter((form) => !form.startsWith('=')))
      for (const option of Object.values(element.options)) visit(option.value)
    }
  }
  visit(parse(text))
  return { values: [...values].toSorted(), plurals }
}

describe('both languages', () => {
  test('have the same messages', () => {
    expect([...ru.keys()].toSorted()).toEqual([...en.keys()].toSorted())
  })

  test('take the same values', () => {
    const values = (all: Map<string, string>) =>
      Object.fromEntries([...all].map(([key, text]) => [key, partsOf(text).values]))
    expect(values(ru)).toEqual(values(en))
  })

  test('have all plural forms of their grammar', () => {
    const lacking = (all: Map<string, string>, forms: string[]) =>
      [...all].filter(([, text]) =>
        partsOf(text).plurals.some((has) => forms.some((form) => !has.includes(form))),
      )
    expect(lacking(en, ['one', 'other'])).toEqual([])
    expect(lacking(ru, ['one', 'few', 'many', 'other'])).toEqual([])
  })

  test('leave nothing in the other language', () => {
    const latinOnly = [...ru].filter(
      ([, text]) => /[A-Za-z]{3,}/.test(text) && !/[а-яё]/i.test(bare(text)),
    )
    expect(latinOnly.filter(([, text]) => /[a-z]{3,} [a-z]{3,}/i.test(bare(text)))).toEqual([])
    expect([...en].filter(([, text]) => /[а-яё]/i.test(text))).toEqual([])
  })
})

/** Without the values in braces. */
function bare(text: string) {
  return text.replaceAll(/\{[^{}]*\}/g, '')
}

interface Use {
  namespaces: string[]
  literals: Set<string>
  patterns: RegExp[]
}

/** The keys a file may name: its texts, and its templates as patterns, alone or behind a namespace of it. */
function usesOf(file: { path: string; text: string }): Use {
  const use: Use = { namespaces: [''], literals: new Set(), patterns: [] }
  walk(file, (node, [parent]) => {
    if (node.type === 'Literal' && typeof node.value === 'string') {
      use.literals.add(node.value)
      const callee = (parent?.callee as Node | undefined)?.name
      if (callee === 'useTranslations' || callee === 'getTranslations')
        use.namespaces.push(`${node.value}.`)
    }
    if (node.type === 'TemplateLiteral') {
      const parts = (node.quasis as { value: { cooked: string } }[]).map(
        ({ value }) => value.cooked,
      )
      if (/^[\w.]*$/.test(parts.join('')) && parts.join('').length >= 3)
        use.patterns.push(new RegExp(`^${parts.join('\\w+').replaceAll('.', '\\.')}$`))
    }
  })
  return use
}

test('every message is used', () => {
  const uses = sourcesIn('{app,components,lib}/**/*.{ts,tsx}').map(usesOf)
  const isUsed = (key: string) =>
    uses.some(({ namespaces, literals, patterns }) =>
      namespaces
        .filter((namespace) => key.startsWith(namespace))
        .map((namespace) => key.slice(namespace.length))
        .some((name) => literals.has(name) || patterns.some((pattern) => pattern.test(name))),
    )
  expect([...en.keys()].filter((key) => !isUsed(key))).toEqual([])
})
