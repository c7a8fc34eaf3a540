/** What can be done on a canvas by its name: from the palette, a menu, the toolbar or a key. */
export const commandIds = [
  'add',
  'addText',
  'addImage',
  'addVideo',
  'addChat',
  'addNote',
  'addFromLibrary',
  'runThis',
  'runFrom',
  'runAll',
  'cancelRuns',
  'palette',
  'find',
  'connect',
  'undo',
  'redo',
  'copy',
  'cut',
  'paste',
  'duplicate',
  'delete',
  'selectAll',
  'group',
  'ungroup',
  'alignLeft',
  'alignCenter',
  'alignRight',
  'alignTop',
  'alignMiddle',
  'alignBottom',
  'distributeAcross',
  'distributeDown',
  'layOut',
  'fit',
  'zoomIn',
  'zoomOut',
  'minimap',
  'menu',
  'help',
] as const
export type CommandId = (typeof commandIds)[number]

/**
 * Keys by command, the one that is shown first. `Mod` is Command on a Mac and Control elsewhere. Copy, cut and paste come
 * as events of the clipboard.
 */
export const keysOf: Partial<Record<CommandId, readonly string[]>> = {
  palette: ['Mod+K', '/'],
  find: ['Mod+F'],
  add: ['A'],
  addFromLibrary: ['L'],
  runThis: ['R'],
  runFrom: ['Shift+R'],
  runAll: ['Mod+Enter'],
  cancelRuns: ['Mod+Shift+X'],
  connect: ['C'],
  undo: ['Mod+Z'],
  redo: ['Mod+Shift+Z', 'Mod+Y'],
  copy: ['Mod+C'],
  cut: ['Mod+X'],
  paste: ['Mod+V'],
  duplicate: ['Mod+D'],
  delete: ['Delete', 'Backspace'],
  selectAll: ['Mod+A'],
  group: ['Mod+G'],
  ungroup: ['Mod+Shift+G'],
  layOut: ['Shift+L'],
  fit: ['F'],
  zoomIn: ['+', '='],
  zoomOut: ['-'],
  minimap: ['M'],
  menu: ['Shift+F10', 'ContextMenu'],
  help: ['?'],
}

const byClipboard: ReadonlySet<string> = new Set(['copy', 'cut', 'paste'])

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing'
>

/** The command a key stands for. Letters are read off the place of the key where the layout writes others. */
export function commandOf(pressed: Pressed): CommandId | null {
  if (pressed.isComposing || pressed.altKey) return null
  const names = namesOf(pressed)
  const found = Object.entries(keysOf).find(([, keys]) => keys.some((key) => names.includes(key)))
  const id = found?.[0] as CommandId | undefined
  return id && !byClipboard.has(id) ? id : null
}

function namesOf({ key, code, ctrlKey, metaKey, shiftKey }: Pressed) {
  const letter = /^[a-z]$/i.test(key) ? key : code.match(/^Key([A-Z])$/)?.[1]
  const mod = ctrlKey || metaKey ? 'Mod+' : ''
  const shift = shiftKey ? 'Shift+' : ''
  const named = `${mod}${shift}${letter?.toUpperCase() ?? key}`
  // What is written with Shift on one layout is written without it on another.
  return mod || /^[\p{L}]$/u.test(key) || key.length > 1 ? [named] : [named, key]
}

/** Keys as they are written on the keyboard. */
export function shownKeys(id: CommandId, isMac: boolean): string | undefined {
  const [first] = keysOf[id] ?? []
  if (!first) return undefined
  const names: Record<string, string> = isMac
    ? { Mod: '⌘', Shift: '⇧', Delete: '⌫' }
    : { Mod: 'Ctrl', Shift: 'Shift', Delete: 'Del' }
  const parts = first === '+' ? ['+'] : first.split('+')
  return parts.map((part) => names[part] ?? part).join(isMac ? '' : '+')
}
