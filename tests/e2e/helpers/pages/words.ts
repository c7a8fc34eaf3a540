import { type Page, expect } from '@playwright/test'
import { createTranslator } from 'use-intl/core'
import type { Locale } from '#lib/messages/locales'
import { type MessageKey, type MessageRef, message } from '#lib/messages/message'
import { type Translate, say } from '#lib/messages/say'
import { stretched } from '#lib/messages/stretch'
import { messagesOf } from '#lib/messages/translate'

/** The words of a screen, by the message they are. */
export type Words = (key: MessageKey, values?: MessageRef['values']) => string

/** A language of the screens, or English a third longer, as a server started with `PHOTOFINISH_STRETCH` speaks it. */
export type Language = Locale | 'stretched'

export function wordsIn(language: Language): Words {
  const locale = language === 'stretched' ? 'en' : language
  const messages = language === 'stretched' ? stretched(messagesOf('en')) : messagesOf(locale)
  const translate = createTranslator({ locale, messages }) as Translate
  return (key, values) => say({ translate, locale, nowMs: Date.now() }, message(key, values))
}

/** Names, file types and codes, which are the same in every language, besides those of models and providers. */
const names =
  /^(Photofinish|alt|p90|JPEG|WebP|Shift|Chrome|Linux|cookie|https?|localhost|id|[A-Z][A-Z\d_]*|[a-z]+_[a-z\d]+|\w+\.\w+)$/

/** What is on a Russian screen, to see or to hear, is Russian, but for names and codes. */
export async function expectOnlyRussian(page: Page) {
  const known = new Set(await namesOf(page))
  const isForeign = (word: string) => !names.test(word) && !known.has(word)
  await expectNoWords(page, (text) =>
    (text.replaceAll(codes, '').match(latinWord) ?? []).some(isForeign),
  )
}

/** Nothing on an English screen is Russian, but what a language calls itself. */
export async function expectNoRussian(page: Page) {
  await expectNoWords(page, (text) => /[а-яё]/i.test(text))
}

// All that a test sees on its way is told at once.
const softly = expect.configure({ soft: true })

/** What tells an emulator to fail, ids of jobs and models, and a variable with its value. */
const codes = /[A-Z_]+=\w+|#\w+:\S+|\S+\/\S+\/\S+|\b\w+_[\w-]+|\b[a-z]+-\d[\w.-]*/g
const latinWord = /[A-Za-z][\w.]*\w/g

async function expectNoWords(page: Page, isFound: (text: string) => boolean) {
  await softly.poll(async () => (await page.evaluate(readWords)).filter(isFound)).toEqual([])
}

const named = [
  '/api/models',
  '/api/models?kind=image',
  '/api/providers',
  '/api/account',
  '/api/admin/people',
  '/api/admin/organizations',
  '/api/admin/limits',
  '/api/keys',
]

/** The words of which the names of models, providers, people, organizations and keys, their codes and settings are made. */
async function namesOf(page: Page) {
  const answers = named.map(async (path) =>
    (await page.request.get(new URL(path, page.url()).href)).json(),
  )
  const ofNames =
    /^(id|email|label|model|provider|name|account|successorLabel|providerLabel|billingUrl)$/
  const found: string[] = []
  const collect = (value: unknown, name = '') => {
    if (typeof value === 'string' && ofNames.test(name))
      found.push(...(value.match(latinWord) ?? []))
    if (typeof value !== 'object' || value === null) return
    for (const [key, one] of Object.entries(value)) collect(one, Array.isArray(value) ? name : key)
  }
  collect(await Promise.all(answers))
  return found
}

/** Runs in the page: every text that is seen or read aloud, also within the controls of the player. */
function readWords() {
  const spoken = [
    'aria-label',
    'aria-valuetext',
    'aria-roledescription',
    'title',
    'placeholder',
    'alt',
  ]
  // Next's announcer keeps the title it read aloud at the last navigation.
  const silent = 'script, style, code, pre, kbd, [lang], next-route-announcer'
  const found: string[] = [document.title]
  const note = (text: string | null) => text?.trim() && found.push(text.trim().slice(0, 200))
  const read = (root: Element | ShadowRoot) => {
    for (const child of root.childNodes) {
      if (child instanceof Text) note(child.data)
      if (!(child instanceof Element) || child.matches(silent)) continue
      if (!child.checkVisibility({ visibilityProperty: true })) continue
      for (const name of spoken) note(child.getAttribute(name))
      if (child.shadowRoot) read(child.shadowRoot)
      read(child)
    }
  }
  read(document.body)
  return found
}
