import { scriptedProvider } from './scripted-provider.ts'
import { type TestGeneration, queueFile } from './test-generation.ts'
import { tinyMp4 } from '../films/tiny-mp4.ts'

/** Kie.ai and Vertex AI as the catalogue has them for Veo 3.1 Fast: $0.40, and $1.20 where the other steps in. */
export async function veoProviders() {
  const videoPath = await tinyMp4()
  const kie = scriptedProvider({ id: 'kie', label: 'Kie.ai', canFind: false, videoPath })
  const vertex = scriptedProvider({ id: 'vertex', label: 'Vertex AI', canFind: false, videoPath })
  // Neither can stop a job.
  delete kie.cancel
  delete vertex.cancel
  return { kie, vertex }
}

/** Eight seconds of Veo 3.1 Fast, queued at Kie.ai, as `startGeneration` would insert it. */
export function queueVeo(deps: TestGeneration, differences: Parameters<typeof queueFile>[1] = {}) {
  return queueFile(deps, {
    model: 'veo-3.1-fast',
    modelLabel: 'Veo 3.1 Fast',
    isDemo: false,
    isCancelable: false,
    provider: 'kie',
    providerLabel: 'Kie.ai',
    routeReason: 'Kie.ai, the cheapest that can do this.',
    quotedMicros: 400_000,
    ceilingMicros: 1_200_000,
    priceMicros: 400_000,
    ...differences,
    settings: {
      duration: 8,
      resolution: '720p',
      width: 1280,
      height: 720,
      generateAudio: true,
      ...differences.settings,
    },
  })
}
