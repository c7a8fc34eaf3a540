/** A frame of an animation: a WebP of one picture, and how long it is shown. */
export interface StillFrame {
  webp: Uint8Array
  milliseconds: number
}

/** Puts still WebP pictures of one size together to an animation that repeats for ever. */
export function webpAnimation(
  frames: readonly StillFrame[],
  { width, height }: { width: number; height: number },
): Buffer {
  const canvas = Buffer.alloc(10)
  // Animated; frames may be transparent where an encoder makes them so.
  canvas.writeUInt8(0b0001_0010)
  canvas.writeUIntLE(width - 1, 4, 3)
  canvas.writeUIntLE(height - 1, 7, 3)
  const chunks = [chunk('VP8X', canvas), chunk('ANIM', Buffer.alloc(6))]
  for (const { webp, milliseconds } of frames) {
    const head = Buffer.alloc(16)
    head.writeUIntLE(width - 1, 6, 3)
    head.writeUIntLE(height - 1, 9, 3)
    head.writeUIntLE(milliseconds, 12, 3)
    // Each frame replaces what was there.
    head.writeUInt8(0b10, 15)
    chunks.push(chunk('ANMF', Buffer.concat([head, ...pictureOf(webp)])))
  }
  return Buffer.concat([riffHead(chunks), ...chunks])
}

function riffHead(chunks: Buffer[]) {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(4 + chunks.reduce((sum, { length }) => sum + length, 0), 4)
  return head
}

function chunk(name: string, content: Buffer) {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

const pictures = new Set(['VP8 ', 'VP8L', 'ALPH'])

/** The chunks of a still picture that hold it. */
function pictureOf(webp: Uint8Array) {
  const bytes = Buffer.from(webp.buffer, webp.byteOffset, webp.byteLength)
  const found: Buffer[] = []
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    if (pictures.has(bytes.toString('latin1', at, at + 4))) found.push(bytes.subarray(at, end))
    at = end
  }
  return found
}
