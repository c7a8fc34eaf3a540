import fc from 'fast-check'
import { expect, test } from 'vitest'
import { downloadName } from './download-name.ts'
import { anyText } from '../../../tests/support/any-text.ts'

test('names the file after its prompt', () => {
  expect(downloadName('Rain over a night city!', 'video.mp4')).toBe(
    `attachment; filename="Rain-over-a-night-city.mp4"; filename*=UTF-8''Rain-over-a-night-city.mp4`,
  )
})

test('keeps Cyrillic for those who can read it, and has a name for those who cannot', () => {
  const header = downloadName('Дождь над городом', 'video.mp4')
  expect(header).toContain('filename="video.mp4"')
  expect(header).toContain(encodeURIComponent('Дождь-над-городом.mp4'))
})

test('no prompt can break out of the header', () => {
  fc.assert(
    fc.property(anyText(), (prompt) => {
      const header = downloadName(prompt, 'video.mp4')
      expect(header).toMatch(
        /^attachment; filename="[\x20-\x7e]+\.mp4"; filename\*=UTF-8''[\w%.!~*'()-]+$/,
      )
      expect(header.match(/"/g)).toHaveLength(2)
    }),
  )
})

/** The UTF-8 name that a browser saves under. */
const nameOf = (prompt: string) =>
  decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(downloadName(prompt, 'video.mp4'))![1]!)
const bytesOf = (text: string) => Buffer.byteLength(text)

test.each([
  ['सूर्यास्त में हिमालय', 'सूर्यास्त-में-हिमालय.mp4'],
  ['พระอาทิตย์ตกที่ทะเล', 'พระอาทิตย์ตกที่ทะเล.mp4'],
  ['கடலில் சூரிய உதயம்', 'கடலில்-சூரிய-உதயம்.mp4'],
  ['می‌خواهم ببینم', 'می‌خواهم-ببینم.mp4'],
  ['İstanbul’da gün batımı', 'İstanbul-da-gün-batımı.mp4'],
  ['👩‍👩‍👧 on 🏳️‍🌈 day', '👩‍👩‍👧-on-🏳️‍🌈-day.mp4'],
  ['မြန်မာ နေဝင်ချိန်', 'မြန်မာ-နေဝင်ချိန်.mp4'],
  ['ខ្មែរ ថ្ងៃលិច', 'ខ្មែរ-ថ្ងៃលិច.mp4'],
  ['ਸੂਰਜ ਡੁੱਬਦਾ', 'ਸੂਰਜ-ਡੁੱਬਦਾ.mp4'],
  ['မြန်မာ မြေခွေး', 'မြန်မာ-မြေခွေး.mp4'],
  ['Donaudampf\u00ADschiff\u2060fahrt', 'Donaudampfschifffahrt.mp4'],
  ['ខ្ញុំ\u200Bស្រឡាញ់', 'ខ្ញុំ-ស្រឡាញ់.mp4'],
  ['ᠮᠣᠩᠭᠣᠯ\u180B ᠤᠨ', 'ᠮᠣᠩᠭᠣᠯ\u180B-ᠤᠨ.mp4'],
  ['\u093F lone \u1038 signs', 'lone-signs.mp4'],
  ['e\u0301te\u0301', '\u00e9t\u00e9.mp4'],
])('F20: %s is named %s', (prompt, name) => expect(nameOf(prompt)).toBe(name))

test.each([
  'ก็'.repeat(500),
  'हिन्दी '.repeat(200),
  '雨'.repeat(500),
  '👩‍👩‍👧‍👦'.repeat(100),
  `a${'\u0301'.repeat(400)}`,
  'word '.repeat(300),
])(
  'F20: a long prompt makes whole letters of at most 255 bytes, with room for a suffix',
  (prompt) => {
    const name = nameOf(prompt)
    expect(bytesOf(name)).toBeLessThanOrEqual(255 - ' (100).crdownload'.length)
    const letters = (text: string) =>
      Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
    const known = new Set([...letters(prompt.normalize('NFC')), '-', ...letters('video')])
    expect(letters(name.replace(/\.mp4$/, '')).filter((letter) => !known.has(letter))).toEqual([])
  },
)

test.each([
  ['CON', 'video-CON.mp4'],
  ['lpt1', 'video-lpt1.mp4'],
  ['nul.', 'video-nul.mp4'],
  ['COM²', 'video-COM².mp4'],
  ['con artist', 'con-artist.mp4'],
  ['.htaccess', 'htaccess.mp4'],
  ['...', 'video.mp4'],
  ['the end. . ', 'the-end.mp4'],
  ['\u202Egpj.exe', 'gpj-exe.mp4'],
  ['a\u2066b\u2069c\u200Ed', 'a-b-c-d.mp4'],
  ['a\u0007b\u0085c\u2028d', 'a-b-c-d.mp4'],
  ['\u3164\u200B', 'video.mp4'],
  ['a\u0D4E/b', 'a-b.mp4'],
  ['\u102C\u0301a', 'a.mp4'],
  ['a/b\\c:d*e?"f<g>|h', 'a-b-c-d-e-f-g-h.mp4'],
])('F20: %j is named %s on every system', (prompt, name) => expect(nameOf(prompt)).toBe(name))

test('F20: what is left in ASCII is no name of a device, and keeps letters without their accents', () => {
  expect(downloadName('Con 雨', 'video.mp4')).toContain('filename="video-Con.mp4"')
  expect(downloadName('Été à Łódź', 'video.mp4')).toContain('filename="Ete-a-odz.mp4"')
  expect(downloadName('ﬁlm', 'video.mp4')).toContain('filename="film.mp4"')
})

test('F20: every prompt makes a name of letters and hyphens within its bytes', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 400 }), (prompt) => {
      const name = nameOf(prompt)
      expect(bytesOf(name)).toBeLessThanOrEqual(204)
      expect(name).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}/\\:*?"<>|]|^[.\s]|[.\s]\.mp4$/u)
    }),
  )
})
