import { message } from '#lib/messages/message'
import { showToast } from '#components/ui/toast/show-toast'

/** A file that no part of the page takes never replaces the page. Runs after the page's own handlers. */
export function catchFiles() {
  addEventListener('dragover', keepPage)
  addEventListener('drop', refuseFiles)
  return () => {
    removeEventListener('dragover', keepPage)
    removeEventListener('drop', refuseFiles)
  }
}

function keepPage(event: DragEvent) {
  if (opensElsewhere(event)) event.preventDefault()
}

function refuseFiles(event: DragEvent) {
  if (event.defaultPrevented || !opensElsewhere(event)) return
  event.preventDefault()
  if (!event.dataTransfer?.types.includes('Files')) return
  showToast({
    kind: 'info',
    title: message('page.noFiles'),
    description: message('page.noFilesHelp'),
    id: 'no-files',
  })
}

// What browsers open as an address; Firefox a plain text too, where it is one.
const addresses = ['text/uri-list', 'text/x-moz-url', 'text/plain']
const textFields =
  ':is(textarea, input:not([type=radio], [type=checkbox], [type=range], [type=file])):not(:disabled, :read-only)'

/** Browsers open a file or a link that is dropped on a page. Fields for text take links as text. */
function opensElsewhere({ dataTransfer, target }: DragEvent) {
  const types = dataTransfer?.types ?? []
  if (types.includes('Files')) return true
  const isField = target instanceof Element && target.matches(textFields)
  return !isField && addresses.some((type) => types.includes(type))
}
