import { booksOf } from '../helpers/servers/books.ts'
import { readClip } from '../helpers/clips.ts'
import { expectToPlay, pictureSize, playedHash } from '../helpers/pages/playing.ts'
import { providerTest as test } from '../helpers/provider-test.ts'
import { expect, longUnless } from '../helpers/test.ts'

test.describe('from words to a playing video, at every provider', () => {
  const makers = [
    {
      model: 'Veo 3.1 Fast',
      provider: 'kie',
      label: 'Kie.ai',
      price: '$0.40',
      cost: 'Charged $0.40, as quoted',
      orders: '',
    },
    {
      model: 'Kling 3.0 Turbo',
      provider: 'kie',
      label: 'Kie.ai',
      price: '$0.45',
      cost: '$0.50, of which the studio pays $0.05',
      orders: ' #kie:bill=50',
    },
    {
      model: 'Gemini Omni Flash',
      provider: 'gemini',
      label: 'Google Gemini',
      price: '$0.50',
      cost: 'About $0.50 (catalogue price)',
      orders: ' #gemini:seconds=0',
    },
    {
      model: 'LTX Video',
      provider: 'superduperai',
      label: 'SuperDuperAI',
      price: '$2.00',
      cost: 'About $2.00 (catalogue price)',
      orders: '',
    },
  ]
  for (const { model, provider, label, price, cost, orders } of makers)
    test(
      `${model} by ${label}`,
      longUnless(model.startsWith('Veo')),
      async ({ studio, page, emulated }) => {
        const prompt = `A lighthouse in the mist by ${model}${orders}`
        await studio.open()
        await studio.chooseModel(model)
        await expect(studio.generateButton).toHaveAccessibleName(`Generate · ${price}`)
        const { id } = await studio.start(prompt)

        const video = studio.video(prompt)
        await expectToPlay(video)
        expect(await pictureSize(video)).toEqual({ width: 64, height: 64 })
        expect(await playedHash(video)).toBe((await readClip(page.request, id)).sha256)
        await expect(studio.stage).toContainText(`Provider${label}`)
        await expect(studio.stage).toContainText(cost)
        await expect(studio.card(prompt)).toContainText(label)
        expect(booksOf(emulated, prompt)).toEqual({ [provider]: 1 })
      },
    )

  test(
    'the local renderer, which costs nothing and calls no provider',
    { tag: '@long' },
    async ({ studio, emulated }) => {
      const prompt = 'A lighthouse in the mist, drawn here'
      await studio.open()
      await studio.chooseModel('Local preview')
      await studio.generate({ prompt })
      await expectToPlay(studio.video(prompt))
      await expect(studio.stage.getByText('Free', { exact: true })).toBeVisible()
      expect(booksOf(emulated, prompt)).toEqual({})
    },
  )
})

test(
  'a negative prompt is a matter for Vertex: its price and the reason before and after',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const prompt = 'A street at noon #vertex:seconds=0'
    const reason = 'Via Google Vertex AI, the cheapest match.'
    await studio.open()
    await studio.chooseModel('Veo 3.1 Fast')
    await expect(studio.generateButton).toHaveAccessibleDescription(/^Via Kie\.ai, the cheapest/)
    await page.getByText('More', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Negative prompt' }).fill('people')
    await expect(studio.generateButton).toHaveAccessibleName('Generate · $1.20')
    await expect(studio.generateButton).toHaveAccessibleDescription(reason)

    await studio.start(prompt)
    await expectToPlay(studio.video(prompt))
    await expect(studio.stage).toContainText(reason)
    await expect(studio.stage).toContainText('About $1.20 (catalogue price)')
    expect(booksOf(emulated, prompt)).toEqual({ vertex: 1 })
    const [job] = emulated.emulators.vertex.jobsOf(prompt)
    expect(job!.details.request).toMatchObject({ parameters: { negativePrompt: 'people' } })
  },
)

test(
  'Gemini can be stopped on the way, and charges nothing',
  { tag: '@long' },
  async ({ studio, emulated }) => {
    const prompt = 'A train that never leaves #gemini:seconds=60'
    await studio.open()
    await studio.chooseModel('Gemini Omni Flash')
    await studio.start(prompt)
    await expect(studio.stage.getByText('Rendering at Google Gemini')).toBeVisible()
    await expect(studio.stage.getByText('Canceling costs nothing.')).toBeVisible()
    await studio.cancelButton.click()

    await expect(studio.stage.getByText('Canceled', { exact: true })).toBeVisible()
    await expect(studio.stage).toContainText('Not charged, quoted $0.50')
    const [job, ...others] = emulated.emulators.gemini.jobsOf(prompt)
    expect(job).toMatchObject({ isCanceled: true, billedUsd: 0 })
    expect(others).toEqual([])
  },
)
