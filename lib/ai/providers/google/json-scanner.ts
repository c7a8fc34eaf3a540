/** Where a value is: the keys of objects and the indices of lists that lead to it. */
export type JsonPath = readonly (string | number)[]

export interface JsonScannerOptions {
  /** Whether the string at this path is handed on as it comes instead of being kept. */
  isStreamed(path: JsonPath): boolean
  /** Takes the next bytes of a streamed string, unescaped. `index` counts the streamed strings from 0. */
  onBytes(index: number, bytes: Uint8Array): void
  /** Strings that are longer are kept as empty ones. Default 64 KB. */
  maxStringBytes?: number
  /** What is kept must not be longer. Default 4 MB. */
  maxKeptBytes?: number
}

interface Container {
  isList: boolean
  /** The key or index of the value that comes next, or is being read. */
  at: string | number
  /** Whether the next string of an object is a key. */
  expectsKey: boolean
}

interface OpenString {
  isKey: boolean
  /** Of a streamed string its index; null for one that is kept. */
  index: number | null
  /** Where its text begins in what is kept. */
  keptFrom: number
  /** What came after a backslash; null outside an escape. */
  escape: string | null
  isTooLong: boolean
}

const quote = 0x22
const backslash = 0x5c
const closers = { true: ']', false: '}' } as const

/**
 * Reads one JSON text as its bytes come, in constant memory. Streamed strings are handed on piece by piece, and stand as
 * their index (`"0"`) in what is kept of the rest. Throws `SyntaxError` for what is no JSON, is cut off, or is too long:
 * at the latest in `value`.
 */
export class JsonScanner {
  private readonly open: Container[] = []
  private readonly kept: KeptBytes
  private readonly maxStringBytes: number
  private readonly options: JsonScannerOptions
  private string: OpenString | null = null
  private streamed = 0

  constructor(options: JsonScannerOptions) {
    this.options = options
    this.kept = new KeptBytes(options.maxKeptBytes ?? 4 * 1024 * 1024)
    this.maxStringBytes = options.maxStringBytes ?? 64 * 1024
  }

  push(chunk: Uint8Array) {
    let at = 0
    while (at < chunk.length) at = this.string ? this.inString(chunk, at) : this.outside(chunk, at)
  }

  /** Whether a streamed string is being read right now. */
  get isStreaming() {
    return this.string !== null && this.string.index !== null
  }

  /** What is known while a streamed string is being read: the text so far, closed. */
  valueSoFar(): unknown {
    const ends = this.open.toReversed().map(({ isList }) => closers[`${isList}`])
    return JSON.parse(`${this.kept.text()}"${ends.join('')}`)
  }

  /** The whole text, once it has come. */
  value(): unknown {
    return JSON.parse(this.kept.text())
  }

  private outside(chunk: Uint8Array, from: number) {
    const nextQuote = chunk.indexOf(quote, from)
    const end = nextQuote < 0 ? chunk.length : nextQuote
    for (let at = from; at < end; at++) this.follow(String.fromCharCode(chunk[at]!))
    this.kept.add(chunk.subarray(from, end + 1))
    if (nextQuote >= 0) this.beginString()
    return end + 1
  }

  private follow(sign: string) {
    const container = this.open.at(-1)
    if (sign === '{') this.open.push({ isList: false, at: '', expectsKey: true })
    else if (sign === '[') this.open.push({ isList: true, at: 0, expectsKey: false })
    else if (sign === '}' || sign === ']') this.open.pop()
    else if (sign === ':' && container) container.expectsKey = false
    else if (sign === ',' && container) {
      if (typeof container.at === 'number') container.at++
      else container.expectsKey = true
    }
  }

  private beginString() {
    const isKey = this.open.at(-1)?.expectsKey ?? false
    const isStreamed = !isKey && this.options.isStreamed(this.open.map(({ at }) => at))
    const index = isStreamed ? this.streamed++ : null
    const keptFrom = this.kept.length
    this.string = { isKey, index, keptFrom, escape: null, isTooLong: false }
    if (index !== null) this.kept.add(Buffer.from(String(index)))
  }

  private inString(chunk: Uint8Array, from: number) {
    const string = this.string!
    if (string.escape !== null) {
      this.escaped(string, chunk[from]!)
      return from + 1
    }
    const end = endOfRun(chunk, from)
    this.take(string, chunk.subarray(from, end))
    if (chunk[end] === quote) this.endString(string)
    else if (chunk[end] === backslash) this.beginEscape(string)
    return end + 1
  }

  private take(string: OpenString, bytes: Uint8Array) {
    if (bytes.length === 0) return
    if (string.index !== null) this.options.onBytes(string.index, bytes)
    else if (!string.isTooLong) this.keep(string, bytes)
  }

  private keep(string: OpenString, bytes: Uint8Array) {
    if (this.kept.length - string.keptFrom + bytes.length <= this.maxStringBytes)
      return this.kept.add(bytes)
    string.isTooLong = true
    this.kept.length = string.keptFrom
  }

  private beginEscape(string: OpenString) {
    string.escape = ''
    if (string.index === null) this.take(string, Buffer.of(backslash))
  }

  /** Takes one byte after a backslash: a kept string keeps it as it is, a streamed one waits for the whole escape. */
  private escaped(string: OpenString, byte: number) {
    const escape = string.escape + String.fromCharCode(byte)
    if (string.index === null) this.take(string, Buffer.of(byte))
    const isWhole = string.index === null || escape.length === (escape[0] === 'u' ? 5 : 1)
    string.escape = isWhole ? null : escape
    if (isWhole && string.index !== null)
      this.options.onBytes(string.index, Buffer.from(JSON.parse(`"\\${escape}"`) as string))
  }

  private endString(string: OpenString) {
    if (string.isKey) {
      const key: unknown = JSON.parse(`"${this.kept.text(string.keptFrom)}"`)
      this.open.at(-1)!.at = key as string
    }
    this.kept.add(Buffer.of(quote))
    this.string = null
  }
}

/** Where the next quote or backslash is, or the end of the chunk. */
function endOfRun(chunk: Uint8Array, from: number) {
  const nextQuote = chunk.indexOf(quote, from)
  const end = nextQuote < 0 ? chunk.length : nextQuote
  const nextBackslash = chunk.subarray(from, end).indexOf(backslash)
  return nextBackslash < 0 ? end : from + nextBackslash
}

/** Bytes that grow up to a limit. */
class KeptBytes {
  length = 0
  private bytes = Buffer.alloc(1024)
  private readonly max: number

  constructor(max: number) {
    this.max = max
  }

  add(more: Uint8Array) {
    const length = this.length + more.length
    if (length > this.max)
      throw new SyntaxError(`more than ${this.max} bytes besides what is streamed`)
    if (length > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(length, this.bytes.length * 2))
      this.bytes.copy(larger, 0, 0, this.length)
      this.bytes = larger
    }
    this.bytes.set(more, this.length)
    this.length = length
  }

  text(from = 0) {
    return this.bytes.toString('utf8', from, this.length)
  }
}
