import type { Body } from '../read-body.ts'

/** The bytes that say what a body is, and all of it. */
export async function beginningOf(body: Body, size: number) {
  const rest = body[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  for (let read = 0; read < size;) {
    const { done, value } = await rest.next()
    if (done) break
    chunks.push(value)
    read += value.byteLength
  }
  async function* whole() {
    yield* chunks
    yield* { [Symbol.asyncIterator]: () => rest }
  }
  return { head: Buffer.concat(chunks), whole: whole() }
}
