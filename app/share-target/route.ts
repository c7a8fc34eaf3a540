import { withBasePath } from '#lib/contract/calls/base-path'

/**
 * What is shared to the installed app is taken by its service worker. Where that is not there yet, the studio opens and
 * says that the picture did not arrive; it is not read here.
 */
export function POST() {
  const location = withBasePath('/tools/video-generator?shared=lost')
  return new Response(null, { status: 303, headers: { location } })
}
