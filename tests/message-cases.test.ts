import { TYPE, type MessageFormatElement, parse } from '@formatjs/icu-messageformat-parser'
import { describe, expect, test } from 'vitest'
import { failureAdvice } from '#components/video/failure/failure-help.ts'
import { type ErrorCode, errorStatus, providerErrorCodes } from '#lib/contract/problem'
import { type WaitCode, type WaitReason, waitMessage } from '#lib/contract/wait'
import { type Locale, locales } from '#lib/messages/locales'
import {
  type MessageKey,
  type MessageRef,
  type MessageValue,
  type Sentence,
  message,
} from '#lib/messages/message'
import { messagesOf, sayIn } from '#lib/messages/translate'
import { type Node, sourcesIn, walk } from './support/syntax-tree.ts'

const letters: Record<Locale, RegExp> = { en: /[a-z]/i, ru: /[а-яё]/i }

/** It is words of that language, with every value filled in. */
function expectWords(sentence: Sentence, what: string) {
  for (const locale of locales) {
    const words = sayIn(locale, sentence)
    expect(words, `${what}, ${locale}`).toMatch(letters[locale])
    expect(words, `${what}, ${locale}`).not.toMatch(/[{}]|^\w+(\.\w+)+$/)
  }
}

const errorCodes = Object.keys(errorStatus) as ErrorCode[]

describe('every code has words in both languages', () => {
  test('what to do about a failure', () => {
    for (const code of errorCodes) expectWords(failureAdvice(code), code)
    for (const code of providerErrorCodes) {
      expectWords(message(`failure.reason.${code}`), `reason ${code}`)
      expectWords(message(`failure.because.${code}`, { provider: 'Kie.ai' }), `because ${code}`)
    }
  })

  test('what the answer to a request says', () => {
    const keys = keysByCode()
    expect([...keys.keys()].toSorted()).toEqual(errorCodes.toSorted())
    for (const [code, named] of keys)
      for (const key of named) expectWords(filled(key, 5), `${code}: ${key}`)
  })

  test('a wait', () => {
    const says = message('provider.unavailable', { provider: 'Kie.ai' })
    const named = { providerLabel: 'Kie.ai' }
    const waits: { [code in WaitCode]: Extract<WaitReason, { code: code }> } = {
      provider_cooldown: { code: 'provider_cooldown', errorCode: 'auth', says },
      provider_off: { code: 'provider_off', ...named },
      retry: { code: 'retry', errorCode: 'timeout', says },
      inputs: { code: 'inputs' },
      earlier_job: { code: 'earlier_job' },
      canceling: { code: 'canceling' },
      provider_says: { code: 'provider_says', says },
      provider_unreachable: { code: 'provider_unreachable', ...named },
      provider_refuses: { code: 'provider_refuses', errorCode: 'auth', says },
      job_not_found: { code: 'job_not_found', ...named },
      saving: { code: 'saving' },
      link_not_ready: { code: 'link_not_ready', ...named },
      storage_down: { code: 'storage_down' },
      storage_full: { code: 'storage_full' },
      parked: { code: 'parked' },
    }
    for (const wait of Object.values(waits)) expectWords(waitMessage(wait), wait.code)
    expectWords(waitMessage({ ...waits.link_not_ready, isFilmBroken: true }), 'film_broken')
  })
})

/** The messages of a code: of the statement that makes an error of it, or else of the whole file. */
function keysByCode() {
  const keys = new Map<string, Set<string>>()
  for (const file of sourcesIn('lib/**/*.ts').filter(({ text }) => text.includes('message(')))
    walk(file, (node, above) => {
      const code = node.type === 'Literal' ? String(node.value) : ''
      const statement = above.at(-2) as (Node & { end: number }) | undefined
      if (!statement || !(code in errorStatus)) return
      const near = keysIn(file.text.slice(statement.start, statement.end))
      for (const key of near.length > 0 ? near : keysIn(file.text))
        keys.set(code, (keys.get(code) ?? new Set()).add(key))
    })
  return keys
}

function keysIn(source: string) {
  return [...source.matchAll(/\bmessage\(\s*'([\w.-]+)'/g)].map(([, key]) => key!)
}

const counts = [0, 1, 2, 5, 11, 21, 22, 25, 101]
/** The counts that have the same form of a noun after them. */
const sameForms: Record<Locale, number[][]> = {
  en: [[1], [0, 2, 5, 11, 21, 22, 25, 101]],
  ru: [
    [1, 21, 101],
    [2, 22],
    [0, 5, 11, 25],
  ],
}

describe.each(locales)(
  'every plural is right for 0, 1, 2, 5, 11, 21, 22, 25, 101: %s',
  (locale) => {
    test.each(pluralsOf(locale))('%s', (key) => {
      const own = exactCounts(locale, key)
      for (const group of sameForms[locale]) {
        const said = group
          .filter((count) => !own.has(count))
          .map((count) =>
            sayIn(locale, filled(key, count)).replaceAll(
              new RegExp(`(?<!\\d)${count}(?!\\d)`, 'g'),
              '#',
            ),
          )
        expect(new Set(said).size, said.join('\n')).toBeLessThanOrEqual(1)
      }
      for (const count of counts) {
        const words = sayIn(locale, filled(key, count))
        expect(words).not.toMatch(/[{}#]|^\w+(\.\w+)+$/)
        expect(words).toMatch(letters[locale])
        // Of one thing English need not give the number; in Russian that form is also said of 21.
        if (!own.has(count) && !(locale === 'en' && count === 1))
          expect(words).toContain(String(count))
      }
    })
  },
)

test('one form for one, another for few, a third for many', () => {
  const said = (locale: Locale) =>
    counts.map((count) => sayIn(locale, filled('composer.seconds', count)))
  expect(said('en')).toEqual(counts.map((count) => (count === 1 ? '1 second' : `${count} seconds`)))
  expect(said('ru')).toEqual([
    '0 секунд',
    '1 секунда',
    '2 секунды',
    '5 секунд',
    '11 секунд',
    '21 секунда',
    '22 секунды',
    '25 секунд',
    '101 секунда',
  ])
})

function textOf(locale: Locale, key: string) {
  return key
    .split('.')
    .reduce<unknown>(
      (group, name) => (group as Record<string, unknown>)[name],
      messagesOf(locale),
    ) as string
}

function elementsOf(text: string) {
  const found: MessageFormatElement[] = []
  const visit = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      found.push(element)
      if (element.type === TYPE.tag) visit(element.children)
      if (element.type === TYPE.plural || element.type === TYPE.select)
        for (const option of Object.values(element.options)) visit(option.value)
    }
  }
  visit(parse(text))
  return found
}

function isCardinal(element: MessageFormatElement) {
  return element.type === TYPE.plural && element.pluralType === 'cardinal'
}

function pluralsOf(locale: Locale) {
  const pathsIn = (tree: object, prefix = ''): string[] =>
    Object.entries(tree).flatMap(([name, value]) =>
      typeof value === 'string' ? [prefix + name] : pathsIn(value as object, `${prefix}${name}.`),
    )
  return pathsIn(messagesOf(locale)).filter((key) =>
    elementsOf(textOf(locale, key)).some(isCardinal),
  )
}

/** The counts that a message has words of its own for: `=0`. */
function exactCounts(locale: Locale, key: string) {
  const forms = elementsOf(textOf(locale, key)).flatMap((element) =>
    element.type === TYPE.plural ? Object.keys(element.options) : [],
  )
  return new Set(forms.filter((form) => form.startsWith('=')).map((form) => Number(form.slice(1))))
}

/** A message with a value for each of its names: numbers where it counts. */
function filled(key: string, count: number): MessageRef {
  const values = Object.fromEntries(
    elementsOf(textOf('ru', key)).flatMap((element): [string, MessageValue][] => {
      if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag)
        return []
      if (element.type === TYPE.number) return [[element.value, 7_777]]
      if (element.type === TYPE.select) return [[element.value, 'other']]
      return [[element.value, element.type === TYPE.plural ? count : message('request.text')]]
    }),
  )
  return message(key as MessageKey, values)
}
