import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const idLength = 24

/** A prefixed id, `file_4k1...`: 24 characters of base 36, 124 bits from the system's random source. */
export function newId(
  prefix:
    | 'file'
    | 'chat'
    | 'image'
    | 'video'
    | 'collection'
    | 'zip'
    | 'token'
    | 'lease'
    | 'trace'
    | 'answer'
    | 'invite'
    | 'org'
    | 'member'
    | 'key'
    | 'notice'
    | 'delivery'
    | 'push'
    | 'endpoint'
    | 'batch'
    | 'template'
    | 'canvas'
    | 'node'
    | 'edge',
) {
  return `${prefix}_${randomText(idLength)}`
}

/** So many characters of base 36 from the system's random source. */
export function randomText(length: number) {
  let text = ''
  while (text.length < length) {
    // 252 is the largest multiple of 36 in a byte: what lies above would favour the first letters.
    for (const byte of randomBytes(length)) if (byte < 252) text += alphabet[byte % 36]
  }
  return text.slice(0, length)
}

/** Whether an owner is an organization; the ids of accounts are the library's, and have no prefix. */
export function isOrganization(ownerId: string) {
  return ownerId.startsWith('org_')
}

/** Whether a text has the form of a file id; says nothing of whether there is such a file. */
export function isFileId(text: string) {
  return /^file_[0-9a-z]{24}$/.test(text)
}
