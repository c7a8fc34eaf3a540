import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const idLength = 24

/** A prefixed id, `file_4k1...`: 24 characters of base 36, 124 bits from the system's random source. */
export function newId(prefix: 'file' | 'image' | 'token' | 'lease' | 'trace' | 'answer') {
  let id = ''
  while (id.length < idLength) {
    // 252 is the largest multiple of 36 in a byte: what lies above would favour the first letters.
    for (const byte of randomBytes(idLength)) if (byte < 252) id += alphabet[byte % 36]
  }
  return `${prefix}_${id.slice(0, idLength)}`
}

/** Whether a text has the form of a file id; says nothing of whether there is such a file. */
export function isFileId(text: string) {
  return /^file_[0-9a-z]{24}$/.test(text)
}
