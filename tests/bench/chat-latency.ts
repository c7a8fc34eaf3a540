import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatChunk } from '#lib/contract/chat'
import { newId } from '#lib/ids'
import { startOpenAiChatServer } from '../emulators/openai-chat-server.ts'
import { now } from './support/clock.ts'
import type { Figure } from './support/figure.ts'
import { makeOwner } from './support/owner.ts'
import { percentile } from './support/percentiles.ts'
import { runBareServer, runServer } from './support/servers/run-server.ts'

const warmUps = 10
const rounds = 60
const pauseMs = 20
const call = {
  name: 'generateVideo',
  arguments: { prompt: 'A lighthouse in a storm', aspectRatio: 'portrait' },
}

/**
 * From the click on Send to the first word of the answer, and to the card of the video, next to the AI SDK alone with
 * the same model: that one knows no session, keeps nothing and starts nothing.
 */
export async function chatLatency(): Promise<Figure[]> {
  const model = await startOpenAiChatServer(({ messages }) =>
    messages.at(-1)?.role === 'tool' ? { text: 'Started.' } : { text: 'On it now.', calls: [call] },
  )
  try {
    await using product = await runServer({
      CHAT_BASE_URL: model.baseUrl,
      CHAT_MODEL: 'bench',
      CHAT_MESSAGES_A_MINUTE: '1000',
      WORKER: 'off',
    })
    await using bare = await runBareServer('bare-chat-server.ts', model.baseUrl)
    const { cookie } = await makeOwner(product.port)
    const ours: Times[] = []
    const theirs: Times[] = []
    for (let round = -warmUps; round < rounds; round++) {
      const one = await ask(product.port, cookie)
      const other = await ask(bare.port, cookie)
      if (round < 0) continue
      ours.push(one)
      theirs.push(other)
    }
    return figuresOf(ours, theirs)
  } finally {
    await model.close()
  }
}

/** Milliseconds since the request was sent. */
interface Times {
  word: number
  card: number
}

async function ask(port: number, cookie: string): Promise<Times> {
  const times: Times = { word: Number.NaN, card: Number.NaN }
  const message = {
    id: newId('token'),
    role: 'user',
    parts: [{ type: 'text', text: 'a lighthouse in a storm' }],
  }
  const body = JSON.stringify({ chatId: newId('file').replace('file', 'chat'), message })
  const begin = now()
  const response = await fetch(`http://127.0.0.1:${port}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body,
  })
  if (!response.ok) throw new Error(`the chat answered ${response.status}`)
  for await (const { type } of chunksOf(response)) {
    if (type === 'text-delta' && Number.isNaN(times.word)) times.word = now() - begin
    if (type === 'tool-output-available') times.card = now() - begin
  }
  await sleep(pauseMs)
  return times
}

async function* chunksOf(response: Response): AsyncGenerator<ChatChunk> {
  let rest = ''
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    for (const line of lines)
      if (line.startsWith('data: {')) yield JSON.parse(line.slice('data: '.length)) as ChatChunk
  }
}

function figuresOf(ours: Times[], theirs: Times[]): Figure[] {
  const names = { word: 'chat: send to first word', card: 'chat: send to video card' }
  return (['word', 'card'] as const).flatMap((what) =>
    [0.5, 0.99].map((share) => ({
      name: `${names[what]}, p${share * 100}`,
      unit: 'ms' as const,
      ours: percentile(
        ours.map((times) => times[what]),
        share,
      ),
      baseline: {
        name: 'the AI SDK alone, keeping nothing',
        value: percentile(
          theirs.map((times) => times[what]),
          share,
        ),
      },
    })),
  )
}
