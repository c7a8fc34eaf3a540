/**
 * A stream of bytes whose chunks lie in memory that is used again: large amounts are sent without new memory for each
 * chunk, which costs more than the sending. Read as a web stream, it gives copies, which are the reader's to keep.
 */
export class ChunkStream extends ReadableStream<Uint8Array> {
  /** Each holds until the next is asked for. To be read once, and not together with the stream. */
  readonly chunks: AsyncIterableIterator<Uint8Array>

  constructor(chunks: AsyncGenerator<Uint8Array>) {
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      // Not by `slice`, which in a `Buffer` is the same memory.
      else controller.enqueue(new Uint8Array(value))
    }
    super({ pull, cancel: async () => void (await chunks.return(undefined)) }, { highWaterMark: 0 })
    this.chunks = chunks
  }
}

/** The chunks of a stream, each of which holds until the next is asked for. */
export function chunksOf(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  return stream instanceof ChunkStream
    ? stream.chunks
    : (stream as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>)
}
