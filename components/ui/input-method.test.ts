import { describe, expect, test } from 'vitest'
import { guardKeys, isComposing } from './input-method.tsx'

describe('F10, F11: a key', () => {
  test.each<[string, boolean, number, boolean]>([
    ['in a composition', true, 13, true],
    ['of an input method, in a composition', true, 229, true],
    ['that ended one, in Safari', false, 229, true],
    ['Enter by itself', false, 13, false],
    ['Escape by itself', false, 27, false],
    ['without a code', false, 0, false],
  ])('%s', (_name, composing, keyCode, is) =>
    expect(isComposing({ isComposing: composing, keyCode })).toBe(is),
  )

  test.each(['keydown', 'keyup'])('of an input method is heard by no shortcut: %s', (type) => {
    const page = new EventTarget()
    const heard: string[] = []
    const end = guardKeys(page)
    page.addEventListener(type, (event) => heard.push((event as KeyboardEvent).key))
    const press = (key: string, keyCode: number) => {
      const event = Object.assign(new Event(type, { cancelable: true }), { key, keyCode })
      return page.dispatchEvent(event)
    }
    for (const key of ['Enter', 'Escape', 'ArrowDown']) expect(press(key, 229)).toBe(true)
    expect(heard).toEqual([])
    press('Enter', 13)
    end()
    press('Process', 229)
    expect(heard).toEqual(['Enter', 'Process'])
  })
})
