import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GenerationState, generationStates, isFinal } from '#lib/contract/file-view'
import { isFinalState, nextStates, statusOfState } from './states.ts'

const state = fc.constantFrom(...generationStates)
const canMove = (from: GenerationState, to: GenerationState) => nextStates[from].includes(to)

describe('the state machine', () => {
  test('can reach a final state from every state', () => {
    const reaches = (from: GenerationState, seen = new Set<GenerationState>()): boolean => {
      if (isFinalState(from)) return true
      if (seen.has(from)) return false
      seen.add(from)
      return nextStates[from].some((to) => reaches(to, seen))
    }
    for (const from of generationStates) expect(reaches(from), from).toBe(true)
  })

  test('never leaves a final state, except for a late success after a failure', () => {
    fc.assert(
      fc.property(state, state, (from, to) => {
        if (!isFinalState(from) || from === to) return
        expect(canMove(from, to)).toBe(from === 'failed' && ['storing', 'waiting'].includes(to))
      }),
    )
  })

  test('never submits but from the queue, and never returns there once a job is known', () => {
    for (const from of generationStates) {
      if (from !== 'submitting') expect(canMove(from, 'submitting')).toBe(from === 'queued')
      if (canMove(from, 'queued') && from !== 'queued')
        expect(['submitting', 'submit_unknown']).toContain(from)
    }
  })

  test('completes only out of storing: nothing is ready before its bytes are stored', () => {
    for (const from of generationStates)
      if (from !== 'completed') expect(canMove(from, 'completed')).toBe(from === 'storing')
  })

  test('goes exactly where its picture shows', async () => {
    const picture = await readFile(new URL('states.md', import.meta.url), 'utf8')
    const arrows = [...picture.matchAll(/^ +(\w+) --> (\w+):/gm)].map(
      ([, from, to]) => `${from} ${to}`,
    )
    const moves = generationStates.flatMap((from) => nextStates[from].map((to) => `${from} ${to}`))
    expect(arrows.toSorted()).toEqual(moves.toSorted())
  })

  test('shows a final status for final states and for no others', () => {
    for (const one of generationStates)
      expect(isFinal({ status: statusOfState(one) })).toBe(isFinalState(one))
  })
})
