import fc from 'fast-check'

const surrogates = { from: 0xd800, count: 0x800 }

const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - surrogates.count })
  .map((at) => String.fromCodePoint(at < surrogates.from ? at : at + surrogates.count))

/**
 * Text of any characters of Unicode, also of those that stand for nothing. The library's own unit `binary` says the
 * same, but first lists all million of them: seconds of a core in each process.
 */
export function anyText({ maxLength }: { maxLength?: number } = {}) {
  return fc.string({ unit: anyCharacter, maxLength })
}
