import { expect, test } from 'vitest'
import { safeHref } from './markdown.tsx'

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
