/** A fresh key for one intention: 128 random bits. `crypto.randomUUID` is missing over plain HTTP on a LAN. */
export function newIdempotencyKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
