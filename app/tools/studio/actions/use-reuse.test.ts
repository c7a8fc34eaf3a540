import { expect, it } from 'vitest'
import { sayIn } from '#lib/messages/translate'
import { aFileView } from '../../../../tests/support/generations/file-view.ts'
import { aModelView } from '../../../../tests/support/generations/model-view.ts'
import { modelGone } from './use-reuse.ts'

const { settings } = aFileView()
const view = aFileView({
  modelLabel: 'Veo 2',
  settings: { ...settings, model: 'veo-2' },
})
const other = (differences: Partial<ReturnType<typeof aModelView>> = {}) =>
  aModelView({ id: 'veo-3.1', label: 'Veo 3.1', ...differences })

it('says which model is used where the one of before has left the catalogue', () => {
  const sentence = modelGone(view, [other({ id: 'off', label: 'Off', isEnabled: false }), other()])
  expect(sentence && sayIn('en', sentence)).toBe(
    'Veo 2 is no longer available. Using Veo 3.1 instead.',
  )
  expect(sentence && sayIn('ru', sentence)).toBe(
    'Модели Veo 2 больше нет. Вместо неё выбрана Veo 3.1.',
  )
})

it('says nothing where it is still there, or nothing is', () => {
  expect(modelGone(view, [other({ id: 'veo-2' })])).toBeNull()
  expect(modelGone(view, [])).toBeNull()
})
