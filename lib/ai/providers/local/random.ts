/** Numbers in [0, 1), the same for the same parts on every machine. */
export type Random = () => number

/**
 * A seeded random source (sfc32). Each layer has its own, named after it, so that adding a star does not move a
 * mountain.
 */
export function createRandom(...parts: (string | number)[]): Random {
  let [a, b, c, d] = hash(parts.join('\u0000'))
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  // sfc32 needs some rounds to spread a small difference between seeds.
  for (let round = 0; round < 15; round += 1) next()
  return next
}

/** Four 32-bit numbers of a text: FNV-1a with four bases, each mixed once more. */
function hash(text: string): [number, number, number, number] {
  return [mixed(text, 0x811c9dc5), mixed(text, 0x9e3779b9), mixed(text, 0x85ebca6b), 1]
}

function mixed(text: string, basis: number) {
  let value = basis
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d)
  return (value ^ (value >>> 15)) | 0
}
