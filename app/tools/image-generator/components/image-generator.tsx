'use client'

import { generateImage } from '#lib/ai/api/generate-image'
import type { DeepLink } from '../../studio/form/deep-link.ts'
import { useGenerator } from '../../studio/hooks/use-generator.ts'
import { imageKind } from '../../studio/kinds/image-kind.ts'
import { Studio } from '../../studio/studio.tsx'
import { ImageSettings } from './image-settings.tsx'

/** The studio for images. An image that a link names is on the stage first. */
export function ImageGenerator({ deepLink }: { deepLink: DeepLink }) {
  const generator = useGenerator({ kind: 'image', start: generateImage, linkedId: deepLink.image })
  return (
    <Studio
      kind={imageKind}
      generator={generator}
      deepLink={deepLink}
      renderSettings={(props) => <ImageSettings {...props} />}
    />
  )
}
