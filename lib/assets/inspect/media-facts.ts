/** The containers that are read; how their files are named and served is for the kind to say. */
export const containers = ['mp4', 'mov', 'webm', 'mkv', 'ts'] as const
export type Container = (typeof containers)[number]

/** Read from a finished video's own bytes, never taken from what a provider says. */
export interface MediaFacts {
  container: Container
  /** As it is seen: turned as the film asks for, and with square pixels. */
  width: number
  height: number
  /** Null where the film claims to last longer than a day, which none does. */
  durationSeconds: number | null
  videoCodec: string
  audioCodec: string | null
  hasPoster: boolean
  filmstripFrames: number | null
}

/** How the inspecting process ends where the bytes it was given are no film. Any other end says nothing of them. */
export const brokenVideoExit = 65
