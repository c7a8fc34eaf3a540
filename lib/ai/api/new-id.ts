const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const length = 24
/** Bytes from here on would favour the first letters of the alphabet. */
const fairBelow = 256 - (256 % alphabet.length)

/** A fresh id of what the browser makes. `crypto.randomUUID` is missing over plain HTTP on a LAN. */
export function newId(prefix: 'chat' | 'msg' | 'node' | 'edge') {
  let letters = ''
  while (letters.length < length) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < fairBelow) letters += alphabet[byte % alphabet.length]
  }
  return `${prefix}_${letters}`
}

/** A fresh key for one intention: 128 random bits. `crypto.randomUUID` is missing over plain HTTP on a LAN. */
export function newIdempotencyKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
