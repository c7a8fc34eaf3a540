import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import { initialValues, toRequest } from '../form/composer-values.ts'
import type { StudioKind } from './studio-kind.ts'

export const videoKind: StudioKind<GenerateVideoRequest> = {
  makes: 'video',
  initial: initialValues,
  toRequest,
  askedOf: toRequest,
  requestOf: ({ settings: { imageFormat: _format, edit: _edit, ...settings } }) => settings,
  async check(request, models) {
    const { faultOf, generateVideoRequestSchema } =
      await import('#lib/contract/generate-video-request')
    const { error } = generateVideoRequestSchema(models).safeParse(request)
    return (error?.issues ?? []).map((issue) => ({ path: issue.path, message: faultOf(issue) }))
  },
}
