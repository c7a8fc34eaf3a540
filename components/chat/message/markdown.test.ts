import { NextIntlClientProvider } from 'next-intl'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { messagesOf } from '#lib/messages/translate'
import { MessageMarkdown, safeHref } from './markdown.tsx'

test.each(['https://example.com/a?b=c', 'http://example.com/', 'mailto:a@example.com'])(
  'lets %s pass',
  (href) => expect(safeHref(href)).toBe(href),
)

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  '\u0001javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://example.com/1',
  '/api/file',
  '//example.com',
  '#here',
  '',
  undefined,
])('stops %s', (href) => expect(safeHref(href)).toBeUndefined())

const link = (url: string, text = url) => `<a href="${url}">${text}</a>`

/** A message as it is drawn. */
const drawn = (text: string) =>
  renderToStaticMarkup(createElement(MessageMarkdown, { text }))
    .replace(/^<div class="prose-message">|<\/div>$/g, '')
    // Each text beside an element is in an element of its own, for pages that are translated.
    .replaceAll(/<\/?span>/g, '')
    .replaceAll(' target="_blank" rel="noopener noreferrer nofollow"', '')
    .replaceAll(' dir="auto"', '')

test.each([
  ['これは**「重要」**です', 'これは<strong>「重要」</strong>です'],
  ['**重要。**次', '<strong>重要。</strong>次'],
  ['这是**“重点”**内容', '这是<strong>“重点”</strong>内容'],
  ['**이것은(this)**입니다', '<strong>이것은(this)</strong>입니다'],
  ['**สวัสดี!**ครับ', '<strong>สวัสดี!</strong>ครับ'],
  ['彼は*「走れ」*と言った', '彼は<em>「走れ」</em>と言った'],
  ['***「重要」***です', '<em><strong>「重要」</strong></em>です'],
  ['日本**`code`**語', '日本<strong><code>code</code></strong>語'],
  ['**bold** and *italic*, 2 * 3 * 4', '<strong>bold</strong> and <em>italic</em>, 2 * 3 * 4'],
  ['snake_case_name', 'snake_case_name'],
  ['a**"b"**c', 'a**&quot;b&quot;**c'],
  ['~~old~~ **「新」**です', '<del>old</del> <strong>「新」</strong>です'],
  [
    '**[「公式」](https://example.com/)**です',
    `<strong>${link('https://example.com/', '「公式」')}</strong>です`,
  ],
  ['**「a**b', '<strong>「a</strong>b'],
  ['終わり。__重要__。次', '終わり。<strong>重要</strong>。次'],
  ['「_重要_」です', '「<em>重要</em>」です'],
  ['これは__「重要」__です', 'これは<strong>「重要」</strong>です'],
  ['これは__init__です', 'これは__init__です'],
  ['画像_01_最終', '画像_01_最終'],
  ['価格は~~「旧」~~です', '価格は<del>「旧」</del>です'],
  ['~~old~~ \\~~~a~~ a~~~b', '<del>old</del> ~<del>a</del> a~~~b'],
  ['**ꦲ!**ꦲ', '<strong>ꦲ!</strong>ꦲ'],
  ['**\u3000not bold**', '**\u3000not bold**'],
  ['これは~~「古い」~~です', 'これは<del>「古い」</del>です'],
  ['~~이것(this)~~은', '<del>이것(this)</del>은'],
  ['~~**「重要」**~~です', '<del><strong>「重要」</strong></del>です'],
  ['これは**~~「古い」~~**です', 'これは<strong><del>「古い」</del></strong>です'],
  ['10~20円、30~40円', '10~20円、30~40円'],
  ['a~~"b"~~c', 'a~~&quot;b&quot;~~c'],
  ['a ~~~~ b \\~~c~~', 'a ~~~~ b ~~c~~'],
  ['~~a', '~~a'],
])('F29: %s is drawn as %s', (text, inner) => expect(drawn(text)).toBe(`<p>${inner}</p>`))

test.each([
  ['见 https://example.com/a。然后', `见 ${link('https://example.com/a')}。然后`],
  ['（见 https://example.com/a）', `（见 ${link('https://example.com/a')}）`],
  ['「https://example.com/a」と', `「${link('https://example.com/a')}」と`],
  [
    'https://example.com/a，https://example.com/b！',
    `${link('https://example.com/a')}，${link('https://example.com/b')}！`,
  ],
  ['https://example.comを見て', `${link('https://example.com/', 'https://example.com')}を見て`],
  ['www.example.com/a。次', `${link('http://www.example.com/a', 'www.example.com/a')}。次`],
  ['देखें https://example.com/a।', `देखें ${link('https://example.com/a')}।`],
  ['انظر https://example.com/a، ثم', `انظر ${link('https://example.com/a')}، ثم`],
  ['“https://example.com/a”', `“${link('https://example.com/a')}”`],
  ['https://example.com/a?b=c.。', `${link('https://example.com/a?b=c')}.。`],
  ['https://example.com/a_(b)', link('https://example.com/a_(b)')],
  ['见https://example.com/a,然后', `见${link('https://example.com/a')},然后`],
  ['https://example.com/a——然后', `${link('https://example.com/a')}——然后`],
  ['https://example.com/a～', `${link('https://example.com/a')}～`],
  ['https://example.com/a\u200B次', `${link('https://example.com/a')}\u200B次`],
  ['**https://example.com/a**。', `<strong>${link('https://example.com/a')}</strong>。`],
  ['「*https://example.com/a*」', `「<em>${link('https://example.com/a')}</em>」`],
  ['https://example.com/a,b;c', link('https://example.com/a,b;c')],
  ['a@example.com。', `${link('mailto:a@example.com', 'a@example.com')}。`],
])('F29: the address in %s ends where the sentence does', (text, inner) =>
  expect(drawn(text)).toBe(`<p>${inner}</p>`),
)

test('F29: an address that marks enclose, or that goes on in its script, stays whole', () => {
  const name = 'https://ja.wikipedia.org/wiki/東京'
  expect(drawn(name)).toContain(`href="${encodeURI(name)}"`)
  expect(drawn('[a。b](https://example.com/a。b)')).toContain(encodeURI('https://example.com/a。b'))
  expect(drawn('<https://example.com/a。b>')).toContain(encodeURI('https://example.com/a。b'))
})

const english = {
  locale: 'en' as const,
  messages: messagesOf('en'),
  timeZone: 'UTC',
  children: null,
}

test('F27: every block of a message runs as its script does', () => {
  const text =
    '# عنوان\n\nمرحبا hello\n\n- واحد\n\n> اقتباس\n\n```\ncode\n```\n\n|a|b|\n|-|-|\n|1|2|'
  const markdown = createElement(MessageMarkdown, { text })
  const html = renderToStaticMarkup(createElement(NextIntlClientProvider, english, markdown))
  for (const block of ['h3', 'p', 'ul', 'blockquote', 'pre', 'table'])
    expect(html).toContain(`<${block} dir="auto">`)
})
