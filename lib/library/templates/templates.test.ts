import { beforeEach, describe, expect, test } from 'vitest'
import { aPerson, aTeamOf, join } from '../../../tests/support/people/a-person.ts'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { useDataFolder } from '#lib/http/test-visitor'
import { variablesOf } from '#lib/contract/library/templates'
import type { Caller } from '#lib/contract/people/caller'
import { promptMaxLength } from '#lib/contract/text/plain-text'
import { database } from '../../db/client.ts'
import { template, templateStar } from '../../db/library-schema.ts'
import { newId } from '../../ids.ts'
import { newTemplateOf, templateSettingsOf } from './input.ts'
import { ourTemplates } from './ours.ts'
import { changeTemplate, deleteTemplate, listTemplates, makeTemplate } from './templates.ts'

useDataFolder()
withTestDatabase()

let anna: Caller
beforeEach(async () => {
  await database().delete(template)
  await database().delete(templateStar)
  anna = callerNamed(newId('token'))
})

const make = (caller: Caller, more: object = {}) =>
  makeTemplate(
    caller,
    newTemplateOf({ name: 'Fox', kind: 'video', settings: { prompt: 'A {fox}' }, ...more }),
  )
const change = (caller: Caller, id: string, what: Parameters<typeof changeTemplate>[2]) =>
  changeTemplate(caller, id, what, { locale: 'en', readSettings: templateSettingsOf })
const own = async (caller: Caller) =>
  (await listTemplates(caller, 'en')).filter(({ isOurs }) => !isOurs).map(({ id }) => id)

describe('a template', () => {
  test('is saved, found, starred, changed and deleted', async () => {
    const first = await make(anna)
    const second = await make(anna, { name: 'Лиса', kind: 'image' })
    expect(await own(anna)).toEqual([second.id, first.id])
    await change(anna, first.id, { isStarred: true })
    const [top] = await listTemplates(anna, 'en')
    expect(top).toMatchObject({ id: first.id, isStarred: true, canChange: true, isShared: false })
    const found = await listTemplates(anna, 'en', { q: 'лис', kind: 'image' })
    expect(found.map(({ id }) => id)).toEqual([second.id])
    const settings = { prompt: 'A {{fox}} {"a": {}}', model: 'gone-1', seed: 4, inputs: {} }
    expect(await change(anna, first.id, { name: 'B', settings })).toMatchObject({
      name: 'B',
      settings,
      isStarred: true,
    })
    await deleteTemplate(anna, first.id)
    expect(await own(anna)).toEqual([second.id])
    expect(await database().$count(templateStar)).toBe(0)
  })

  test('keeps a whole composer, and nothing of one start alone', () => {
    const settings = {
      prompt: 'A {fox}',
      model: 'a-model-that-left',
      aspectRatio: '16:9',
      duration: 8,
      resolution: '720p',
      generateAudio: false,
      seed: 7,
      negativePrompt: 'rain',
      maxUsd: 0.5,
      inputs: { firstFrame: `image_${'0'.repeat(24)}`, references: [] },
    }
    expect(templateSettingsOf('video', settings)).toEqual(settings)
    const sized = { prompt: 'x', aspectRatio: 'custom', width: 700, height: 300 }
    expect(templateSettingsOf('image', sized)).toEqual(sized)
    for (const more of [{ variations: 2 }, { callbackUrl: 'https://a.example' }, { width: 1 }])
      expect(() => templateSettingsOf('video', { prompt: 'x', ...more })).toThrow()
  })

  test.each([
    ['name', { name: ' ' }],
    ['name', { name: 'a'.repeat(101) }],
    ['kind', { kind: 'edit' }],
    ['settings.prompt', { settings: { prompt: '' } }],
    ['settings.prompt', { settings: { prompt: 'a'.repeat(promptMaxLength + 1) } }],
    ['settings.aspectRatio', { settings: { prompt: 'a', aspectRatio: '4:3' } }],
    ['settings.more', { settings: { prompt: 'a', more: 1 } }],
    ['ownerId', { ownerId: 'another' }],
  ])('with a faulty %s is refused, and named', (field, more) => {
    const body = { name: 'A', kind: 'video', settings: { prompt: 'a' }, ...more }
    expect(() => newTemplateOf(body)).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        fields: [expect.objectContaining({ field })],
      }),
    )
  })

  test('of another is not there', async () => {
    const { id } = await make(anna)
    const other = callerNamed(newId('token'))
    expect(await own(other)).toEqual([])
    for (const call of [
      () => change(other, id, { name: 'B' }),
      () => change(other, id, { isStarred: true }),
      () => deleteTemplate(other, id),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('in an organization', () => {
  test('a shared one is used by all, and changed by its maker and by admins alone', async () => {
    const [owner, admin, member] = await Promise.all([aPerson(), aPerson(), aPerson()])
    const team = await aTeamOf(owner)
    await join(team.ownerId, admin, 'admin')
    await join(team.ownerId, member, 'member')
    const within = (person: typeof owner): Caller => ({ ...person.caller, ownerId: team.ownerId })

    const shared = await make(within(owner), { isShared: true })
    const secret = await make(within(owner))
    const made = await make(within(member), { isShared: true })
    expect(await own(within(member))).toEqual([made.id, shared.id])
    expect(await own(within(admin))).toEqual([made.id, secret.id, shared.id])
    expect(await own(member.caller)).toEqual([])

    const listed = await listTemplates(within(member), 'en', { q: 'fox' })
    expect(listed.filter(({ isOurs }) => !isOurs)).toMatchObject([
      { id: made.id, canChange: true, isShared: true },
      { id: shared.id, canChange: false, isShared: true },
    ])
    for (const call of [
      () => change(within(member), shared.id, { name: 'B' }),
      () => change(within(member), shared.id, { isShared: false }),
      () => deleteTemplate(within(member), shared.id),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(change(within(member), secret.id, { name: 'B' })).rejects.toMatchObject({
      code: 'not_found',
    })

    // A star is of one member.
    expect(await change(within(member), shared.id, { isStarred: true })).toMatchObject({
      isStarred: true,
    })
    const ofOwner = await listTemplates(within(owner), 'en')
    expect(ofOwner.find(({ id }) => id === shared.id)).toMatchObject({ isStarred: false })

    await change(within(admin), made.id, { name: 'By an admin', isShared: false })
    expect(await own(within(member))).toEqual([shared.id, made.id])
    await deleteTemplate(within(admin), shared.id)
    expect(await own(within(member))).toEqual([made.id])
  })
})

describe('those of the studio', () => {
  test('are a dozen and more, in both languages, each with variables that are filled at first', () => {
    const [en, ru] = [ourTemplates('en'), ourTemplates('ru')]
    expect(en.length).toBeGreaterThanOrEqual(12)
    expect(new Set(en.map(({ id }) => id)).size).toBe(en.length)
    for (const [index, one] of en.entries()) {
      const other = ru[index]!
      const variables = variablesOf(one.settings.prompt)
      expect(variables.length, one.id).toBeGreaterThan(0)
      expect(variablesOf(other.settings.prompt), one.id).toHaveLength(variables.length)
      expect(other.settings.prompt).not.toMatch(/[a-z]{3}/i)
      for (const { settings, kind } of [one, other]) {
        expect(templateSettingsOf(kind, settings)).toEqual(settings)
        for (const { suggestion } of variablesOf(settings.prompt)) expect(suggestion).not.toBe('')
      }
    }
  })

  test('can be starred and copied, and neither changed nor deleted', async () => {
    const { id, settings, kind } = ourTemplates('ru')[0]!
    expect(await change(anna, id, { isStarred: true })).toMatchObject({ id, isStarred: true })
    expect((await listTemplates(anna, 'ru'))[0]).toMatchObject({ id, isStarred: true })
    for (const call of [
      () => change(anna, id, { name: 'B' }),
      () => change(anna, id, { settings: { prompt: 'B' } }),
      () => deleteTemplate(anna, id),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'forbidden' })
    const copy = await make(anna, { name: 'Копия', kind, settings })
    expect(copy).toMatchObject({ settings, isOurs: false, canChange: true })
  })

  test('are found in the language of the request', async () => {
    expect(await listTemplates(anna, 'ru', { q: 'облёт' })).toHaveLength(1)
    expect(await listTemplates(anna, 'en', { q: 'orbit', kind: 'image' })).toHaveLength(0)
  })
})
