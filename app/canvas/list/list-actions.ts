import { showToast } from '#components/ui/toast/show-toast'
import {
  canvasFileUrl,
  createCanvas,
  deleteCanvas,
  duplicateCanvas,
  importCanvas,
  renameCanvas,
  restoreCanvas,
  trashCanvas,
} from '#lib/ai/api/canvas/canvases'
import type { CanvasSummary } from '#lib/contract/canvas/canvas'
import { ProblemError } from '#lib/contract/problem'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'

export type OpenDialog =
  | { kind: 'rename' | 'delete'; canvas: CanvasSummary }
  /** A file that names media of others. */
  | { kind: 'foreign'; file: object; says: string }

export interface ListTools {
  reload: () => Promise<void>
  open: (dialog: OpenDialog | null) => void
  go: (path: string) => void
  /** For a screen reader: a toast says nothing to it. */
  announce: (words: string) => void
  say: (sentence: Sentence) => string
}

const fileMaxBytes = 10 * 1024 ** 2

/** What can be done with canvases. A refusal is told, and changes nothing. */
export function listActions(tools: ListTools) {
  return { ...wholeActions(tools), ...trashActions(tools), ...importActions(tools) }
}

/** Does something, tells why where it is refused, and looks at the list again. */
async function run(tools: ListTools, work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    tellRefusal(tools, error.problem.detail)
  }
  await tools.reload()
}

function wholeActions(tools: ListTools) {
  const { go, open, reload } = tools
  return {
    create: () =>
      run(tools, async () => {
        const { id } = await createCanvas()
        go(`/canvas/${id}`)
      }),
    rename: async ({ id }: Named, name: string) => {
      await renameCanvas(id, name)
      open(null)
      await reload()
    },
    duplicate: ({ id }: Named) =>
      run(tools, async () => {
        const { name } = await duplicateCanvas(id)
        tell(tools, message('canvasList.done.duplicated', { name: named(name) }))
      }),
    save: ({ id }: Named) => {
      const link = Object.assign(document.createElement('a'), { href: canvasFileUrl(id) })
      link.download = ''
      link.click()
    },
  }
}

function trashActions(tools: ListTools) {
  const restore = ({ id, name }: Named) =>
    run(tools, async () => {
      await restoreCanvas(id)
      tell(tools, message('canvasList.done.restored', { name: named(name) }))
    })
  return {
    restore,
    trash: (canvas: Named) =>
      run(tools, async () => {
        await trashCanvas(canvas.id)
        const title = message('canvasList.done.trashed', { name: named(canvas.name) })
        tell(tools, title, () => restore(canvas))
      }),
    deleteForGood: ({ id, name }: Named) =>
      run(tools, async () => {
        tools.open(null)
        await deleteCanvas(id)
        tell(tools, message('canvasList.done.deleted', { name: named(name) }))
      }),
  }
}

function importActions(tools: ListTools) {
  const bringIn = async (file: object, isOwnOnly: boolean) => {
    const { name } = await importCanvas(file, isOwnOnly)
    tell(tools, message('canvasList.done.imported', { name: named(name) }))
  }
  return {
    importFile: (chosen: File) =>
      run(tools, async () => {
        const file = await readFile(tools, chosen)
        if (!file) return
        await bringIn(file, false).catch((error: unknown) => {
          const problem = error instanceof ProblemError ? error.problem : undefined
          // Only what is not the user's own can be left out; a limit of canvases names no field.
          if (problem?.code !== 'not_possible_now' || !problem.errors) throw error
          tools.open({ kind: 'foreign', file, says: problem.errors[0]!.message })
        })
      }),
    importOwn: (file: object) =>
      run(tools, async () => {
        tools.open(null)
        await bringIn(file, true)
      }),
  }
}

type Named = Pick<CanvasSummary, 'id' | 'name'>

function named(name: string): string | MessageRef {
  return name || message('canvasList.unnamed')
}

/** What the file holds, where it can be a canvas. */
async function readFile(tools: ListTools, chosen: File): Promise<object | undefined> {
  if (chosen.size > fileMaxBytes)
    return tellRefusal(tools, message('canvasList.importing.tooLarge'))
  try {
    const file: unknown = JSON.parse(await chosen.text())
    if (typeof file === 'object' && file !== null) return file
  } catch {
    // Told below, as all that is no canvas is.
  }
  return tellRefusal(tools, message('canvasList.importing.noJson'))
}

function tell({ announce, say }: ListTools, told: MessageRef, undo?: () => Promise<void>) {
  const label = message('canvasList.done.undo')
  const action = undo && { label, onClick: () => void undo() }
  showToast({ kind: 'success', title: told, ...(action && { action, durationMs: 10_000 }) })
  announce(say(told))
}

function tellRefusal({ announce, say }: ListTools, told: Sentence): undefined {
  showToast({ kind: 'error', title: told, durationMs: 10_000 })
  announce(say(told))
}
