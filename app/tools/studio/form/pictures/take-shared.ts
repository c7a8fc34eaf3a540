import { withBasePath } from '#lib/contract/calls/base-path'
import { message } from '#lib/messages/message'
import { checkPicture } from '../../../../hooks/use-picture-drop.ts'
import type { ComposerForm } from '../use-composer-form.ts'
import type { Pictures } from './use-pictures.ts'

/** Begins the video with the picture that was shared to the installed app, once; says so where it did not arrive. */
export async function takeShared(form: ComposerForm, pictures: Pictures) {
  const picture = await keptPicture()
  forgetInAddress()
  const fault = picture ? checkPicture(picture) : message('inputs.sharedLost')
  if (fault) form.showFault('inputs', fault)
  // Whatever the model takes: another one may be chosen next.
  else if (picture) pictures.beginWith(picture)
}

/** What the service worker has kept, see `public/sw.js`. */
async function keptPicture(): Promise<File | undefined> {
  if (!('caches' in globalThis)) return undefined
  const cache = await caches.open('photofinish-shared')
  const kept = await cache.match(withBasePath('/shared-picture'))
  if (!kept) return undefined
  await cache.delete(withBasePath('/shared-picture'))
  const type = kept.headers.get('content-type') ?? ''
  const name = decodeURIComponent(kept.headers.get('x-name') ?? '')
  return new File([await kept.blob()], name, { type })
}

/** A reload must not look for it again. */
function forgetInAddress() {
  const address = new URL(location.href)
  address.searchParams.delete('shared')
  history.replaceState(history.state, '', address)
}
