import type { Room } from './room.ts'

/** Both ends included, as in an HTTP range; the whole object without them. */
export interface PartOfObject {
  start?: number
  end?: number
  /** How much is read at once, where the storage can tell; longer chunks cost less time and more memory. */
  chunkBytes?: number
}

/** A stored object: its size in bytes, and its bytes or a part of them. */
export interface StoredObject {
  sizeBytes: number
  /** See `chunksOf` for the cheapest way to read it. */
  read(part?: PartOfObject): ReadableStream<Uint8Array>
}

/** Where finished bytes are stored. Keys look like `file_x/video.mp4`; an object is there whole or not at all. */
export interface Storage {
  /** Puts a local file under a key, replacing what was there. Durable once it resolves. */
  put(key: string, sourcePath: string): Promise<void>
  /** The object, or undefined where there is none. */
  get(key: string): Promise<StoredObject | undefined>
  /** Removes one object. Nothing there is no error. */
  remove(key: string): Promise<void>
  /** Removes every object of a file. Nothing there is no error. */
  removeAll(fileId: string): Promise<void>
  /** Whether new bytes can be kept right now. Cheap: it may be asked for each request. */
  room(): Promise<Room>
}
