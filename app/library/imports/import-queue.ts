import { imageMaxBytes } from '#lib/contract/generation-inputs'
import { filmMaxBytes } from '#lib/contract/library/library'
import { type MessageRef, message } from '#lib/messages/message'

/** Hands files on a few at a time, in their order; one can be removed at any moment. */
export class ImportQueue {
  private readonly waiting: string[] = []
  private readonly running = new Map<string, AbortController>()
  private readonly send: (key: string, signal: AbortSignal) => Promise<void>
  private readonly atOnce: number

  /** `send` never rejects. */
  constructor(send: (key: string, signal: AbortSignal) => Promise<void>, atOnce: number) {
    this.send = send
    this.atOnce = atOnce
  }

  add(key: string) {
    this.waiting.push(key)
    this.work()
  }

  /** Not sent any more; one that is under way is ended. */
  remove(key: string) {
    const place = this.waiting.indexOf(key)
    if (place >= 0) this.waiting.splice(place, 1)
    this.running.get(key)?.abort()
  }

  private work() {
    while (this.running.size < this.atOnce) {
      const key = this.waiting.shift()
      if (key === undefined) return
      const controller = new AbortController()
      this.running.set(key, controller)
      void this.send(key, controller.signal).finally(() => {
        this.running.delete(key)
        this.work()
      })
    }
  }
}

/** Why a file cannot be taken, as far as its type and size tell; the server looks at its bytes. */
export function faultOf({
  name,
  type,
  size,
}: Pick<File, 'name' | 'type' | 'size'>): MessageRef | null {
  if (type !== '' && !/^(video|image)\//.test(type)) return message('library.import.wrongType')
  const most = type.startsWith('image/') ? imageMaxBytes : filmMaxBytes
  if (size <= most) return null
  return message('library.import.tooLarge', { name, size: { bytes: size }, most: { bytes: most } })
}
