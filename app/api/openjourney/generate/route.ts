import { preflight } from '#lib/doors/openjourney/answers'
import { generate } from '#lib/doors/openjourney/generate'

export const POST = generate
export const OPTIONS = preflight
