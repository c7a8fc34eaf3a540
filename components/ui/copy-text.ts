import { message } from '#lib/messages/message'
import { showToast } from './toast/show-toast.tsx'

/** Copies a text and answers whether it did. Where the browser does not allow that, a toast says so. */
export async function copyText(text: string): Promise<boolean> {
  const isCopied = (await writeClipboard(text)) || copySelection(text)
  if (!isCopied)
    showToast({
      kind: 'error',
      title: message('ui.copyRefused'),
      description: message('ui.copyRefusedHelp'),
      id: 'copy',
    })
  return isCopied
}

/** Over plain HTTP on a name other than localhost, browsers have no `navigator.clipboard`. */
async function writeClipboard(text: string) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** The older way: selects the text in a field of its own, next to the focus so that no dialog takes the focus back. */
function copySelection(text: string) {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.style.cssText = 'position:fixed;top:0;opacity:0'
  const place = focused?.parentElement ?? document.body
  place.append(field)
  try {
    field.select()
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    focused?.focus({ preventScroll: true })
  }
}
