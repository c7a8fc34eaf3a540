'use client'

import { Button } from '#components/ui/button'
import type { Picture } from './picture.ts'
import type { Pictures } from './use-pictures.ts'

interface UploadFaultsProps {
  shown: readonly Picture[]
  pictures: Pictures
}

/** The pictures that did not get to the server, why, and the way to try again. */
export function UploadFaults({ shown, pictures }: UploadFaultsProps) {
  return shown
    .filter(({ problem }) => problem !== null)
    .map((picture) => (
      <div key={picture.key} role="alert" className="mt-2 flex items-center gap-3 text-sm">
        <p className="min-w-0 flex-1 text-pretty wrap-anywhere text-signal-ink">
          {picture.name}: {picture.problem}
        </p>
        <Button size="small" onClick={() => pictures.retry(picture)}>
          Try again
        </Button>
      </div>
    ))
}
