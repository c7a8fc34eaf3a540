import { describe, expect, it } from 'vitest'
import { commandOf, shownKeys } from './keys.ts'

const press = (key: string, code: string, held: Partial<Parameters<typeof commandOf>[0]> = {}) =>
  commandOf({
    key,
    code,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: false,
    ...held,
  })

describe('the keys of a canvas', () => {
  it.each([
    ['k', 'KeyK', { ctrlKey: true }, 'palette'],
    ['k', 'KeyK', { metaKey: true }, 'palette'],
    ['л', 'KeyK', { ctrlKey: true }, 'palette'],
    ['/', 'Slash', {}, 'palette'],
    // Of a German, and of a Russian keyboard.
    ['/', 'Digit7', { shiftKey: true }, 'palette'],
    ['?', 'Digit7', { shiftKey: true }, 'help'],
    ['z', 'KeyY', { ctrlKey: true }, 'undo'],
    ['Z', 'KeyZ', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['y', 'KeyY', { ctrlKey: true }, 'redo'],
    ['с', 'KeyC', {}, 'connect'],
    ['C', 'KeyC', {}, 'connect'],
    ['д', 'KeyL', {}, 'addFromLibrary'],
    ['r', 'KeyR', {}, 'runThis'],
    ['К', 'KeyR', { shiftKey: true }, 'runFrom'],
    ['Enter', 'Enter', { ctrlKey: true }, 'runAll'],
    ['Ч', 'KeyX', { ctrlKey: true, shiftKey: true }, 'cancelRuns'],
    // The page is loaded again.
    ['r', 'KeyR', { ctrlKey: true }, null],
    ['Enter', 'Enter', {}, null],
    ['Backspace', 'Backspace', {}, 'delete'],
    ['F10', 'F10', { shiftKey: true }, 'menu'],
    ['+', 'Equal', { shiftKey: true }, 'zoomIn'],
    // The clipboard's own events do these.
    ['c', 'KeyC', { ctrlKey: true }, null],
    ['v', 'KeyV', { metaKey: true }, null],
    ['k', 'KeyK', { ctrlKey: true, altKey: true }, null],
    ['/', 'Slash', { isComposing: true }, null],
    ['F', 'KeyF', { shiftKey: true }, null],
    ['ArrowLeft', 'ArrowLeft', {}, null],
  ] as const)('%s (%s) with %o: %s', (key, code, held, id) => {
    expect(press(key, code, held)).toBe(id)
  })

  it('writes keys as they are on the keyboard', () => {
    expect(shownKeys('palette', true)).toBe('⌘K')
    expect(shownKeys('ungroup', false)).toBe('Ctrl+Shift+G')
    expect(shownKeys('zoomIn', false)).toBe('+')
    expect(shownKeys('menu', false)).toBe('Shift+F10')
    expect(shownKeys('alignLeft', false)).toBeUndefined()
  })
})
