import { cancelRuns, saidOfCanceled } from '#lib/ai/api/canvas/run-canvas'
import { ProblemError } from '#lib/contract/problem'
import { type Editor, selectionOf } from '../editor.ts'
import {
  addNode,
  copySelected,
  duplicateSelected,
  groupSelected,
  layOutSelected,
  pasteText,
  removeSelected,
  selectAll,
  ungroupSelected,
} from '../edit/actions.ts'
import { align, distribute, type Edge } from '../edit/arrange.ts'
import { message } from '#lib/messages/message'
import type { CommandId } from './keys.ts'

/** What a page shows over its canvas, and how it is opened. */
export interface Views {
  openAdd: () => void
  openPalette: () => void
  openFind: () => void
  openHelp: () => void
  openContextMenu: () => void
  toggleMinimap: () => void
  beginConnecting: () => void
  openLibrary: () => void
}

type Does = (editor: Editor, views: Views) => void

const aligned =
  (edge: Edge): Does =>
  (editor) =>
    editor.doc.apply(align(selectionOf(editor).nodes, edge, editor.doc.read().nodes))
const distributed =
  (way: 'across' | 'down'): Does =>
  (editor) =>
    editor.doc.apply(distribute(selectionOf(editor).nodes, way, editor.doc.read().nodes))
const added =
  (kind: 'text' | 'image' | 'video' | 'chat' | 'note'): Does =>
  (editor) =>
    addNode(editor, kind, editor.middle())

const does: Record<CommandId, Does> = {
  add: (_, views) => views.openAdd(),
  addText: added('text'),
  addImage: added('image'),
  addVideo: added('video'),
  addChat: added('chat'),
  addNote: added('note'),
  addFromLibrary: (_, views) => views.openLibrary(),
  runThis: (editor) => editor.run('these'),
  runFrom: (editor) => editor.run('from'),
  runAll: (editor) => editor.run('all'),
  cancelRuns: (editor) => void cancelRunsOf(editor),
  palette: (_, views) => views.openPalette(),
  find: (_, views) => views.openFind(),
  connect: (_, views) => views.beginConnecting(),
  undo: (editor) => say(editor, editor.history.undo(), 'undone'),
  redo: (editor) => say(editor, editor.history.redo(), 'redone'),
  copy: (editor) => void toClipboard(editor),
  cut: (editor) => void toClipboard(editor).then((isCopied) => isCopied && removeSelected(editor)),
  paste: (editor) => void fromClipboard(editor),
  duplicate: duplicateSelected,
  delete: removeSelected,
  selectAll,
  group: groupSelected,
  ungroup: ungroupSelected,
  alignLeft: aligned('left'),
  alignCenter: aligned('center'),
  alignRight: aligned('right'),
  alignTop: aligned('top'),
  alignMiddle: aligned('middle'),
  alignBottom: aligned('bottom'),
  distributeAcross: distributed('across'),
  distributeDown: distributed('down'),
  layOut: (editor) => void layOutSelected(editor),
  fit: (editor) => editor.fit(),
  zoomIn: ({ flow }) => void flow.zoomIn(),
  zoomOut: ({ flow }) => void flow.zoomOut(),
  minimap: (_, views) => views.toggleMinimap(),
  menu: (_, views) => views.openContextMenu(),
  help: (_, views) => views.openHelp(),
}

export function runCommand(id: CommandId, editor: Editor, views: Views) {
  does[id](editor, views)
}

function say(editor: Editor, isDone: boolean, what: 'undone' | 'redone') {
  editor.announce(message(isDone ? `canvas.said.${what}` : 'canvas.said.nothing'))
}

/** What was copied last in this tab: browsers do not let every page at the clipboard. */
let lastCopied: string | null = null

async function toClipboard(editor: Editor): Promise<boolean> {
  const text = copySelected(editor)
  if (text === null) return false
  lastCopied = text
  await navigator.clipboard?.writeText(text).catch(() => {})
  return true
}

async function fromClipboard(editor: Editor) {
  const text = await navigator.clipboard?.readText().catch(() => null)
  pasteText(editor, text ?? lastCopied ?? '')
}

/** Cancels what runs of the canvas have not finished, and says what that came to. */
async function cancelRunsOf(editor: Editor) {
  try {
    const done = await cancelRuns(editor.doc.id)
    const says = saidOfCanceled(done)
    if (done.canceled > 0) editor.tell(says)
    else editor.refuse(says)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    editor.refuse(error.problem.detail)
  }
}
