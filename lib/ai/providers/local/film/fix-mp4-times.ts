/** Boxes to look into, and boxes that hold a creation and a modification time. */
const containers = new Set(['moov', 'trak', 'mdia'])
const timed = new Set(['mvhd', 'tkhd', 'mdhd'])

/** Sets every creation and modification time of an MP4 to zero, in place, so that equal films are equal bytes. */
export function fixMp4Times(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  walk(view, 0, view.byteLength)
}

function walk(view: DataView, start: number, end: number) {
  let at = start
  while (at + 8 <= end) {
    const size = view.getUint32(at)
    const type = typeAt(view, at + 4)
    // 0 is "to the end", 1 a 64-bit size: only the media data is ever that large, and it comes last.
    if (size < 8) return
    if (containers.has(type)) walk(view, at + 8, at + size)
    if (timed.has(type)) clearTimes(view, at + 8)
    at += size
  }
}

/** After the version byte and three flags come the two times: 32 bits each, or 64 in version 1. */
function clearTimes(view: DataView, at: number) {
  const width = view.getUint8(at) === 1 ? 16 : 8
  for (let offset = 4; offset < 4 + width; offset += 1) view.setUint8(at + offset, 0)
}

function typeAt(view: DataView, at: number) {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)))
}
