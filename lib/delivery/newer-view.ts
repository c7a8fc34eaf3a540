import { type FileView, isFinal } from '#lib/contract/file-view'

/**
 * The version guard: of two views of one file the one to keep, whatever order they came in and whichever channel
 * brought them. The higher version wins; a final view is never replaced by one that is not. Of two views of one
 * version the later one may know a new place in the queue, which is no change of the file itself.
 */
export function newerView(known: FileView | undefined, incoming: FileView): FileView {
  if (!known || known.id !== incoming.id) return incoming
  const hasMoved = incoming.version === known.version && incoming.queuePlace !== known.queuePlace
  if (incoming.version <= known.version) return hasMoved ? incoming : known
  return isFinal(known) && !isFinal(incoming) && known.status !== 'failed' ? known : incoming
}
