import { modelViews } from '#lib/ai/models/model-views'
import { reasonProviderIsOff } from '#lib/ai/providers/index'

/** The catalogue: what can be made here, with limits and prices. The same for everybody. */
export function GET() {
  return Response.json({ models: modelViews(reasonProviderIsOff) })
}
