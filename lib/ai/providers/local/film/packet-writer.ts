import { EncodedPacket } from 'mediabunny'

/** The part of an encoded chunk of either kind that a packet is made of. */
interface Chunk {
  type: 'key' | 'delta'
  byteLength: number
  copyTo(destination: Uint8Array): void
}

interface Track<Meta> {
  add(packet: EncodedPacket, meta?: Meta): Promise<void>
}

/**
 * Passes an encoder's chunks on to a track, in order. The encoder drops durations, so each packet's time comes
 * from its number: there are no B-frames, hence no reordering.
 */
export function createPacketWriter<Meta>(
  track: Track<Meta>,
  packetSeconds: (count: number) => number,
) {
  let failure: unknown = null
  let count = 0
  let written = Promise.resolve()
  return {
    fail: (error: unknown) => {
      failure ??= error
    },
    write: (chunk: Chunk, meta: Meta | undefined) => {
      const data = new Uint8Array(chunk.byteLength)
      chunk.copyTo(data)
      const start = packetSeconds(count)
      const duration = packetSeconds(count + 1) - start
      count += 1
      const packet = new EncodedPacket(data, chunk.type, start, duration)
      written = written.then(() => track.add(packet, meta))
    },
    /** Resolves once every packet is written. Throws what the encoder or the track reported. */
    async finish() {
      await written
      if (failure) throw failure
    },
    hasFailed: () => failure !== null,
  }
}
