import { expect, test } from 'vitest'
import { localeOf } from './locales.ts'

function localeFor(headers: Record<string, string>) {
  return localeOf(new Headers(headers))
}

test('the browser’s first language that there is decides, by weight', () => {
  expect(localeFor({})).toBe('en')
  expect(localeFor({ 'accept-language': 'ru' })).toBe('ru')
  expect(localeFor({ 'accept-language': 'ru-RU,ru;q=0.9,en-US;q=0.8' })).toBe('ru')
  expect(localeFor({ 'accept-language': 'de,fr;q=0.9,ru;q=0.2' })).toBe('ru')
  expect(localeFor({ 'accept-language': 'ru;q=0.3, EN;q=0.7' })).toBe('en')
  expect(localeFor({ 'accept-language': 'ru;q=0, *' })).toBe('en')
  expect(localeFor({ 'accept-language': 'rubbish;;q=,,' })).toBe('en')
})

test('a chosen language comes first; one that there is not counts for nothing', () => {
  const accepted = { 'accept-language': 'ru' }
  expect(localeFor({ ...accepted, cookie: 'a=1; locale=en' })).toBe('en')
  expect(localeFor({ ...accepted, cookie: 'locale=de' })).toBe('ru')
  expect(localeFor({ ...accepted, cookie: 'notlocale=en' })).toBe('ru')
})
