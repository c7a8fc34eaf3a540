const endOfHead = '\r\n\r\n'
const endOfChunks = '0\r\n\r\n'

/**
 * Reads HTTP/1.1 responses that come one after another on one connection, and tells the status of each once it is
 * whole. Knows what the servers of the bench send: a length, chunks, or a status without a body.
 */
export function responseReader(onResponse: (status: number) => void) {
  let text = ''
  return (bytes: Buffer) => {
    text += bytes.toString('latin1')
    const headEnd = text.indexOf(endOfHead)
    if (headEnd < 0 || !isWhole(text, headEnd + endOfHead.length)) return
    const status = Number(text.slice(9, 12))
    text = ''
    onResponse(status)
  }
}

function isWhole(text: string, bodyStart: number) {
  const head = text.slice(0, bodyStart).toLowerCase()
  if (head.startsWith('http/1.1 304') || head.startsWith('http/1.1 204')) return true
  const length = /content-length: (\d+)/.exec(head)?.[1]
  return length ? text.length - bodyStart >= Number(length) : text.endsWith(endOfChunks)
}
