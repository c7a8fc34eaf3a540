'use client'

import type { DeepLink } from '../../studio/form/deep-link.ts'
import { videoKind } from '../../studio/kinds/video-kind.ts'
import { Studio } from '../../studio/studio.tsx'
import { useVideoGenerator } from '../hooks/use-video-generator.ts'
import { ComposerSettings } from './composer-settings.tsx'

/** The studio for videos. */
export function VideoGenerator({ deepLink }: { deepLink: DeepLink }) {
  const generator = useVideoGenerator(deepLink.video)
  return (
    <Studio
      kind={videoKind}
      generator={generator}
      deepLink={deepLink}
      renderSettings={(props) => <ComposerSettings {...props} />}
    />
  )
}
