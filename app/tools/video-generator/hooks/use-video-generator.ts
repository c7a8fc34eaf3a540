'use client'
import { generateVideo } from '#lib/ai/api/generate-video'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import { useGenerator } from '../../studio/hooks/use-generator.ts'
import { videoKind } from '../../studio/kinds/video-kind.ts'

/** Everything the video studio does; see `useGenerator`. A video that a link names is on the stage first. */
export function useVideoGenerator(linkedId?: string) {
  const generator = useGenerator<GenerateVideoRequest>({
    kind: 'video',
    start: generateVideo,
    linkedId,
  })
  const { generate, viewOf } = generator
  return {
    ...generator,
    generateVideo: generate,
    cancelVideo: generator.cancel,
    resubmitVideo: generator.resubmit,
    deleteVideo: generator.deleteOne,
    clearVideos: generator.deleteFinished,
    /** A new generation with the settings of an old one, except `changes`. */
    retry: async (fileId: string, changes: Partial<GenerateVideoRequest> = {}) => {
      const view = viewOf(fileId)
      return view ? generate({ ...videoKind.requestOf(view), ...changes }) : { success: false }
    },
  }
}
