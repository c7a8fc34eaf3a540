import { expect, it } from 'vitest'
import { aFileView } from '../../../tests/support/file-view.ts'
import { statusMessage } from './status-label.ts'

it('tells what the provider says of its work', () => {
  const running = { status: 'processing', state: 'waiting' } as const
  expect(statusMessage(aFileView({ ...running, message: 'Waiting in line at Kie.ai' }))).toBe(
    'Waiting in line at Kie.ai',
  )
  expect(statusMessage(aFileView(running))).toBeNull()
})

it('says that one which was refused for now is tried again, but not once it is being canceled', () => {
  const message = 'Kie.ai is taking no more requests right now.'
  expect(statusMessage(aFileView({ message }))).toBe(`${message} Tried again by itself.`)
  expect(statusMessage(aFileView({ message: 'Canceling', canCancel: false }))).toBe('Canceling')
})

it('does not repeat the status', () => {
  const saving = { status: 'processing', state: 'storing' } as const
  expect(statusMessage(aFileView({ ...saving, message: 'Saving' }))).toBeNull()
})

it('keeps the note of a finished video, and leaves the last word on a failure to its error', () => {
  const message = 'Kie.ai made no 1080p version of it; this is 720p.'
  expect(statusMessage(aFileView({ status: 'completed', state: 'completed', message }))).toBe(
    message,
  )
  expect(statusMessage(aFileView({ status: 'failed', state: 'failed', message }))).toBeNull()
})
