import { describe, expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { assertStorable, valuesAtMost, valuesOfOneAtMost } from './storable.ts'

function fieldOf(json: string) {
  try {
    assertStorable(JSON.parse(json))
    return null
  } catch (error) {
    return error instanceof AppError && error.fields![0]!.field
  }
}
const zeros = (count: number) => `[${'0,'.repeat(count - 1)}0]`

describe('of the body of a request', () => {
  test.each([
    ['a NUL', String.raw`{"changes":[{"node":{"text":"a\u0000"}}]}`, 'changes[0].node.text'],
    ['half of a character', String.raw`{"name":"\ud800"}`, 'name'],
    ['a name that cannot be kept', String.raw`{"a":{"\u0000":1}}`, 'a'],
    ['a number without end', '{"changes":[{},{"fields":{"x":1e999}}]}', 'changes[1].fields.x'],
    ['what is nested too deep', `{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`, 'a[0][0]'],
    ['one change of too many values', `{"changes":[{},{"a":${zeros(2_000)}}]}`, 'changes[1]'],
    ['too many values in all', `{"changes":[],"a":${zeros(valuesAtMost)}}`, 'body'],
  ])('%s is refused, and named', (_what, json, field) => {
    expect(fieldOf(json)?.toString().slice(0, field.length)).toBe(field)
  })

  test.each([
    ['all that one change may hold', `{"changes":[{"a":${zeros(valuesOfOneAtMost - 1)}}]}`],
    ['a letter of two halves, words of any direction', '{"name":"😀 \u202e שלום"}'],
    ['names that objects have of themselves', '{"__proto__":{"constructor":{"a":1}}}'],
    ['nothing', 'null'],
  ])('%s is taken', (_what, json) => {
    expect(fieldOf(json)).toBeNull()
  })
})
