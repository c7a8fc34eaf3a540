import { useId } from 'react'
import { dimensionsOf, type AspectRatio } from '#lib/contract/video-format'
import { ArtifactBox } from './artifact-box.tsx'

interface ArtifactPlaceholderProps {
  ratio: AspectRatio
  prompt: string
  words: string
}

/** The frame of a video nobody has looked up yet: already as large as it will be. */
export function ArtifactPlaceholder({ ratio, prompt, words }: ArtifactPlaceholderProps) {
  const headingId = useId()
  const size = dimensionsOf(ratio, '720p')
  return (
    <ArtifactBox
      labelledBy={headingId}
      size={size}
      frame={
        <div
          aria-hidden="true"
          style={{ aspectRatio: `${size.width} / ${size.height}` }}
          className="unexposed relative rounded-sm"
        >
          <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />
        </div>
      }
    >
      <h3 id={headingId} className="line-clamp-3 text-sm wrap-anywhere">
        {prompt || 'A video'}
      </h3>
      <p className="mt-2 font-mono text-tiny text-soft">{words}</p>
    </ArtifactBox>
  )
}
