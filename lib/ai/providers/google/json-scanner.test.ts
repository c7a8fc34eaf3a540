import { describe, expect, test } from 'vitest'
import { type JsonPath, JsonScanner, type JsonScannerOptions } from './json-scanner.ts'

const isFilm = (path: JsonPath) => path.at(-1) === 'film'

function scannerOf(options: Partial<JsonScannerOptions> = {}) {
  const streamed: string[] = []
  const onBytes = (index: number, bytes: Uint8Array) => {
    streamed[index] = (streamed[index] ?? '') + Buffer.from(bytes).toString('latin1')
  }
  return { scanner: new JsonScanner({ isStreamed: isFilm, onBytes, ...options }), streamed }
}

/** Reads a text in pieces that end at these bytes. */
function read(text: string, cuts: number[] = [], options: Partial<JsonScannerOptions> = {}) {
  const { scanner, streamed } = scannerOf(options)
  const bytes = Buffer.from(text)
  const ends = [...cuts, bytes.length]
  ends.forEach((end, index) => scanner.push(bytes.subarray(ends[index - 1] ?? 0, end)))
  return { value: scanner.value(), streamed }
}

const film = 'AAAAHGZ0eXA+/Pz8/A=='
const answer = {
  name: 'ö "quoted" \\ \u{1f98a} {[,:]}',
  done: true,
  response: { videos: [{ mimeType: 'video/mp4', film }, { film: '' }], film: 7 },
  nothing: [null, 1.5e3, [], {}, [[{ film: 'last' }]]],
}
const kept = {
  ...answer,
  response: { videos: [{ mimeType: 'video/mp4', film: '0' }, { film: '1' }], film: 7 },
  nothing: [null, 1.5e3, [], {}, [[{ film: '2' }]]],
}
const texts = [
  ['plain', JSON.stringify(answer)],
  ['spaced', JSON.stringify(answer, null, 2)],
] as const

describe.each(texts)('a %s text', (_words, text) => {
  test('is read in one piece', () => {
    const { value, streamed } = read(text)
    expect(value).toEqual(kept)
    expect([...streamed]).toEqual([film, undefined, 'last'])
  })

  test('is read the same, wherever it is cut', () => {
    const { length } = Buffer.from(text)
    for (let at = 0; at <= length; at++) {
      const { value, streamed } = read(text, [at])
      expect(value).toEqual(kept)
      expect(streamed[0]).toBe(film)
    }
  })

  test('is read byte for byte', () => {
    const { length } = Buffer.from(text)
    const { value, streamed } = read(text, [...Array(length).keys()])
    expect(value).toEqual(kept)
    expect(streamed[0]).toBe(film)
  })

  test('that ends too early is no JSON', () => {
    for (let end = 0; end < text.length; end++)
      expect(() => read(text.slice(0, end))).toThrow(SyntaxError)
  })
})

describe('a streamed string', () => {
  const escaped = '{"film":"a\\/b\\u003d\\"\\\\\\n\\u003D","after":"\\u00e4\\\\\\""}'

  test('is unescaped, wherever it is cut', () => {
    for (let at = 0; at <= escaped.length; at++) {
      const { value, streamed } = read(escaped, [at])
      expect(streamed).toEqual(['a/b="\\\n='])
      expect(value).toEqual({ film: '0', after: 'ä\\"' })
    }
  })

  test('is known by its path, also under keys that are escaped', () => {
    const paths: JsonPath[] = []
    const isStreamed = (path: JsonPath) => paths.push([...path]) > 99
    read('[{"a\\"b":["x",{"c":"y"},"z"],"d":"w"},"v"]', [], { isStreamed })
    expect(paths).toEqual([[0, 'a"b', 0], [0, 'a"b', 1, 'c'], [0, 'a"b', 2], [0, 'd'], [1]])
  })

  test('may be read while what came before is known', () => {
    const { scanner } = scannerOf()
    expect(scanner.isStreaming).toBe(false)
    scanner.push(Buffer.from('{"done":true,"list":[{"a":[1,2],"film":"AAAA'))
    expect(scanner.isStreaming).toBe(true)
    expect(scanner.valueSoFar()).toEqual({ done: true, list: [{ a: [1, 2], film: '0' }] })
    scanner.push(Buffer.from('AA"'))
    expect(scanner.isStreaming).toBe(false)
  })

  test.each(['{"film":"\\x"}', '{"film":"\\u12g4"}'])(
    'with the escape of %s is no JSON',
    (text) => {
      expect(() => read(text)).toThrow(SyntaxError)
    },
  )
})

describe('what is large besides', () => {
  test('is kept as an empty string, wherever it is cut', () => {
    const long = {
      a: '\\"'.repeat(9),
      film,
      b: 'short',
      c: 'x'.repeat(11),
      [`k${'y'.repeat(20)}`]: 1,
    }
    const text = JSON.stringify(long)
    for (let at = 0; at <= text.length; at++) {
      const { value, streamed } = read(text, [at], { maxStringBytes: 10 })
      expect(value).toEqual({ a: '', film: '0', b: 'short', c: '', '': 1 })
      expect(streamed).toEqual([film])
    }
  })

  test('is refused where there is too much of it', () => {
    const text = JSON.stringify({ list: Array(100).fill('short'), film })
    expect(() => read(text, [], { maxKeptBytes: 500 })).toThrow(/more than 500 bytes/)
    expect(
      read(JSON.stringify({ film: 'A'.repeat(5_000) }), [], { maxKeptBytes: 500 }),
    ).toBeTruthy()
  })
})

test.each(['', '<html>', '{"a":1,}', '{"a" 1}', '[1 2]', '{"a":1}}', '{"a":1} x', '}{', '{]'])(
  '%j is no JSON',
  (text) => {
    expect(() => read(text)).toThrow(SyntaxError)
  },
)
