import type { Editor, MenuEntry, OpenMenu } from '../editor.ts'
import { madeAmong, selectionOf } from '../editor.ts'
import { wordsOf } from '../edit/words-of.ts'
import type { Words } from '../edges/edge-menu.ts'
import type { Point } from '../shape/places.ts'
import { type CommandId, shownKeys } from './keys.ts'
import type { PaletteGroup } from './palette.tsx'

export interface Naming {
  t: Words
  isMac: boolean
  run: (id: CommandId) => void
  groupName: (group: 'add' | 'selection' | 'canvas' | 'nodes') => string
}

function entry(id: CommandId, { t, isMac, run }: Naming): MenuEntry {
  return { label: t(`do.${id}`), aside: shownKeys(id, isMac), onSelect: () => run(id) }
}

const adding = ['addText', 'addImage', 'addVideo', 'addChat', 'addNote', 'addFromLibrary'] as const
const ofMade = ['runThis', 'runFrom'] as const
const ofSelection = ['connect', 'copy', 'cut', 'duplicate', 'delete', 'group', 'ungroup'] as const
const ofSeveral = [
  'alignLeft',
  'alignCenter',
  'alignRight',
  'alignTop',
  'alignMiddle',
  'alignBottom',
  'distributeAcross',
  'distributeDown',
] as const
const ofAll = [
  'paste',
  'selectAll',
  'layOut',
  'find',
  'fit',
  'zoomIn',
  'zoomOut',
  'minimap',
] as const
const runs = ['runAll', 'cancelRuns'] as const
const ofPage = ['undo', 'redo', 'help'] as const

/** What can be done by name, in groups; what needs a selection only where there is one. */
export function commandGroups(editor: Editor, naming: Naming): PaletteGroup[] {
  const { nodes, edges } = selectionOf(editor)
  const group = (name: 'add' | 'selection' | 'canvas', ids: readonly CommandId[]) => ({
    value: naming.groupName(name),
    items: ids.map((id) => ({ value: id, ...entry(id, naming) })),
  })
  const chosen = [
    ...(madeAmong(editor, nodes).length > 0 ? ofMade : []),
    ...(nodes.size > 0 ? ofSelection : []),
    ...(nodes.size > 1 ? ofSeveral : []),
  ]
  const onlyEdges = nodes.size === 0 && edges.size > 0 ? (['delete'] as const) : []
  const groups = [
    group('add', adding),
    group('selection', [...chosen, ...onlyEdges]),
    group('canvas', [...runs, ...ofAll, ...ofPage]),
  ]
  return groups.filter(({ items }) => items.length > 0)
}

/** The nodes as places to go to, found by what they say. */
export function nodeGroup(
  editor: Editor,
  { groupName, nameOf }: Pick<Naming, 'groupName'> & { nameOf: (id: string) => string },
): PaletteGroup[] {
  const items = [...editor.doc.read().nodes.values()].map((node) => ({
    value: node.id,
    label: nameOf(node.id),
    // The whole text is searched; a line of it is shown.
    words: wordsOf(node),
    onSelect: () => editor.goTo(node.id),
  }))
  return items.length > 0 ? [{ value: groupName('nodes'), items }] : []
}

/** The menu of what is selected, or of the canvas. */
export function contextMenu(editor: Editor, at: Point, naming: Naming): OpenMenu {
  const selected = naming.groupName('selection')
  const groups = commandGroups(editor, naming)
  const chosen = groups.filter(({ value }) => value === selected)
  const parts = (chosen.length > 0 ? chosen : groups).map(({ items }) => ({ items }))
  return { at, label: naming.t('menu'), parts }
}

interface Adding {
  add: (kind: AddedKind) => void
  addFromLibrary: () => void
}

/** The kinds of nodes that can be added, at a place on the canvas, and what there is already. */
export function addMenu(at: Point, adds: Adding, { t, isMac }: Naming): OpenMenu {
  const kinds: readonly AddedKind[] = ['text', 'image', 'video', 'chat', 'note']
  return {
    at,
    label: t('do.add'),
    parts: [
      {
        items: kinds.map((kind) => ({
          label: t(`kind.${kind}`),
          onSelect: () => adds.add(kind),
        })),
      },
      {
        items: [
          {
            label: t('do.addFromLibrary'),
            aside: shownKeys('addFromLibrary', isMac)!,
            onSelect: adds.addFromLibrary,
          },
        ],
      },
    ],
  }
}

type AddedKind = 'text' | 'image' | 'video' | 'chat' | 'note'
