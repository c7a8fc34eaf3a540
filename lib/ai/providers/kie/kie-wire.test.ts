import { expect, it } from 'vitest'
import { readUrls } from './kie-wire.ts'

const two = ['https://x/a.mp4?b=1,2', 'http://y/c.mp4']

it.each([
  ['an array', two],
  ['a JSON string', JSON.stringify(two)],
  ['a bracketed string', `[${two.join(', ')}]`],
])('reads %s', (_what, value) => {
  expect(readUrls(value)).toEqual(two)
})

it.each([[null], [undefined], [''], ['[]'], ['null'], [[]], [[null, 5, 'ftp://x']], [{}], [5]])(
  'finds none in %j',
  (value) => {
    expect(readUrls(value)).toEqual([])
  },
)

it('takes a single address', () => {
  expect(readUrls('https://x/a.mp4')).toEqual(['https://x/a.mp4'])
})
