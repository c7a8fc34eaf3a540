import { type DOMAttributes, useEffect, useEffectEvent } from 'react'
import { ProblemError } from '#lib/contract/problem'
import { dropFiles } from '../../nodes/drop/drop-files.ts'
import { copySelected, pasteText, removeSelected } from '../edit/actions.ts'
import type { Editor } from '../editor.ts'
import { type CommandId, commandOf } from './keys.ts'

/** Keys and the clipboard of the canvas. What is typed, chosen or copied elsewhere on the page stays there. */
export function useKeys(editor: Editor, run: (id: CommandId) => void) {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const id = commandOf(event)
    if (!id || event.defaultPrevented) return
    if (!isOfCanvas(event.target) && !isOfItsFields(event, id)) return
    event.preventDefault()
    run(id)
  })
  const onCopy = useEffectEvent((event: ClipboardEvent) => {
    if (!isOfCanvas(event.target) || isTextChosen()) return
    const text = copySelected(editor)
    if (text === null) return
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    if (event.type === 'cut') removeSelected(editor)
  })
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const { clipboardData: data } = event
    if (!data || !isOfCanvas(event.target)) return
    event.preventDefault()
    if (data.files.length > 0) void takeFiles(editor, data.files)
    else pasteText(editor, data.getData('text/plain'))
  })
  useEffect(() => {
    const ending = new AbortController()
    const { signal } = ending
    addEventListener('keydown', (event) => onKeyDown(event), { signal })
    addEventListener('copy', (event) => onCopy(event), { signal })
    addEventListener('cut', (event) => onCopy(event), { signal })
    addEventListener('paste', (event) => onPaste(event), { signal })
    return () => ending.abort()
  }, [])
}

const elsewhere =
  'input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox], [role=slider], header, video'

/** Whether an event is one of the canvas: of nothing on the page, or of the canvas but none of its fields. */
function isOfCanvas(target: EventTarget | null) {
  if (!(target instanceof Element)) return false
  return target === document.body || (!target.closest(elsewhere) && !!target.closest('#canvas'))
}

/** What a field of a node has no use for itself. */
const fromFields: ReadonlySet<CommandId> = new Set(['palette', 'find'])

function isOfItsFields({ target, ctrlKey, metaKey }: KeyboardEvent, id: CommandId) {
  const isOfNode = target instanceof Element && target.closest('.react-flow__node') !== null
  return isOfNode && (ctrlKey || metaKey) && fromFields.has(id)
}

function isTextChosen() {
  return !!getSelection()?.toString()
}

/** What a place of the canvas does with files that are dragged over it. */
export function dropsOn(editor: Editor): Pick<DOMAttributes<HTMLElement>, 'onDragOver' | 'onDrop'> {
  return {
    onDragOver(event) {
      event.preventDefault()
      editor.update({ at: { x: event.clientX, y: event.clientY } })
    },
    onDrop(event) {
      event.preventDefault()
      void takeFiles(editor, event.dataTransfer.files)
    },
  }
}

/** Files that are dropped or pasted become nodes, where the pointer is; says why one does not. */
async function takeFiles(editor: Editor, files: Iterable<File>) {
  const at = editor.pointer() ?? editor.middle()
  try {
    await dropFiles(editor.doc, [...files], at)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    editor.refuse(error.problem.detail)
  }
}
