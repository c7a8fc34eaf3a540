import type { Page, Route } from '@playwright/test'
import { callFor, chatTest, modelTest } from '../../helpers/chat-test.ts'
import { listClips } from '../../helpers/clips.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { expect, longUnless } from '../../helpers/test.ts'

const reason = 'This video costs about $1.20. Start it?'

// The server with the model asks about everything that costs anything.
modelTest(
  'what is free is never asked about, however low the threshold',
  { tag: '@long' },
  async ({ chat, page, model }) => {
    model.script = [{ calls: [callFor('A penny')] }, { text: 'It is on its way.' }]
    await chat.open()
    await chat.say('a video of a penny')
    await expectToPlay(chat.video(1))
    await expect(page.getByRole('button', { name: 'Not now' })).toHaveCount(0)
  },
)

// No model of this installation costs anything: the question itself is played to the page, and the click is watched.
chatTest.describe('the question before money is spent', () => {
  for (const [button, approved] of [
    ['Not now', false],
    ['Spend $1.20', true],
  ] as const)
    chatTest(
      `"${button}" is sent as the decision, and nothing before it`,
      longUnless(approved),
      async ({ chat, page }) => {
        const sent = await playQuestion(page, approved)
        await chat.open()
        await chat.say('a video of a dollar')
        await expect(
          page.getByRole('heading', { name: 'Spend $1.20 on this video?' }),
        ).toBeVisible()
        await expect(page.getByText(reason)).toBeVisible()
        expect(sent).toHaveLength(1)
        expect(await listClips(page.request)).toEqual([])

        await page.getByRole('button', { name: button }).click()
        await expect.poll(() => sent.length).toBe(2)
        expect(sent[1]).toMatchObject({
          message: {
            role: 'assistant',
            parts: expect.arrayContaining([
              expect.objectContaining({
                toolCallId: 'call_1',
                approval: expect.objectContaining({ id: 'approval_1', approved }),
              }),
            ]),
          },
        })
        await expect(chat.answers).toContainText(approved ? 'Started.' : 'costs nothing')
        if (!approved) await expect(page.getByText('Not started. No charge.')).toBeVisible()
        await expect(page.getByRole('button', { name: button })).toHaveCount(0)
        expect(await listClips(page.request)).toEqual([])
      },
    )
})

/** Answers in the server's place: first with the question, then with what follows the decision. */
async function playQuestion(page: Page, approved: boolean) {
  const sent: unknown[] = []
  const start = { type: 'start', messageId: 'answer_of_this_test' }
  const question = [
    start,
    { type: 'start-step' },
    { type: 'tool-input-available', toolCallId: 'call_1', toolName: 'generateVideo', input },
    {
      type: 'tool-approval-request',
      approvalId: 'approval_1',
      toolCallId: 'call_1',
      reason,
      approvalDescriptor: { microUsd: 1_200_000, upToMicroUsd: 1_200_000 },
    },
    { type: 'finish-step' },
    { type: 'finish', finishReason: 'tool-calls' },
  ]
  const words = approved ? 'Started.' : 'All right, it costs nothing.'
  const end = [
    start,
    ...(approved ? [] : [{ type: 'tool-output-denied', toolCallId: 'call_1' }]),
    { type: 'start-step' },
    { type: 'text-start', id: 'words' },
    { type: 'text-delta', id: 'words', delta: words },
    { type: 'text-end', id: 'words' },
    { type: 'finish-step' },
    { type: 'finish', finishReason: 'stop' },
  ]
  await page.route('**/api/chat', (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    sent.push(route.request().postDataJSON())
    return stream(route, sent.length === 1 ? question : end)
  })
  return sent
}

const input = { prompt: 'A dollar', aspectRatio: 'square' }

function stream(route: Route, chunks: object[]) {
  const lines = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]']
  return route.fulfill({
    contentType: 'text/event-stream',
    headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
    body: lines.map((line) => `data: ${line}\n\n`).join(''),
  })
}
