/**
 * What an emulator can be told to do wrong. A prompt carries its own script, so that tests, other processes and
 * people who play with the emulators all use the same words: `a fox #kie:402`, `rain #kie:429*2 #kie:seconds=3`.
 * `*2` means the first two times for this prompt, without it every time; `=3` gives a number.
 */
export const faults = {
  // The submit: no job is made by any of these...
  '401': 'the key is refused',
  '402': 'no credits',
  '403': 'forbidden',
  '422': 'the settings are refused',
  '429': 'too many requests; =N sends Retry-After: N',
  '500': 'a server error, and no job',
  '503': 'not available; =N sends Retry-After: N',
  policy: 'refused for its content, before a job is made',
  retired: 'the model is gone or paused',
  reset: 'the connection is reset before the job is made',
  // ...and by these one is made.
  'reset-after': 'the job is made, and the connection reset before the answer',
  'hang-after': 'the job is made, and no answer ever comes',
  '500-after': 'the job is made, and a server error answered',
  'html-after': 'the job is made, and a page of HTML answered',
  slow: 'the answer takes N seconds (default 5)',
  // The job.
  seconds: 'the job takes N seconds (default 0.3)',
  held: 'the job ends once the test lets it go',
  fail: 'the job fails',
  safety: 'the finished video is withheld for its content',
  never: 'the job never ends',
  undone: 'after "done" the status says once more that it is not',
  lost: 'the status says there is no such job',
  'no-video': 'done, and no video in the answer',
  'list-as-string': 'the links come as a string instead of a list',
  // The status.
  'status-500': 'the status answers a server error',
  'status-403': 'the status answers 403',
  'status-html': 'the status answers a page of HTML',
  'status-429': 'the status answers 429 with Retry-After: 1',
  // The link to the finished video.
  'link-404': 'the link answers 404',
  'link-403': 'the link has expired',
  'link-redirect': 'the link leads to another address of the same server',
  'link-private': 'the link leads to a private address',
  'link-html': 'the link answers a page of HTML',
  'link-truncated': 'the file ends in the middle, with the connection',
  'link-cut': 'the file ends in the middle, and says that this was all',
  'link-slow': 'the file takes N seconds (default 3)',
  'link-huge': 'the link announces 20 GB',
  // The webhook.
  'webhook-none': 'no webhook is sent',
  'webhook-early': 'the webhook comes before the answer to the submit',
  'webhook-100': 'the webhook comes a hundred times',
  'webhook-late': 'the webhook comes N seconds after the end (default 2)',
  'webhook-forged': 'the signature is wrong',
  'webhook-wrong': 'the webhook tells of a failure that is none',
  // Images of Google, which come with the answer to the submit.
  blocked: 'the prompt itself is blocked',
  'no-image': 'no image is made, and NO_IMAGE told',
  'broken-base64': 'the job is made, and its base64 is none',
  'answer-cut': 'the job is made, and the connection reset in the middle of the image',
  'answer-huge': 'the job is made, and the answer has N MB (default 100)',
  'wrong-type': 'the image is told to be a film',
  // Kie alone.
  'kie-code': 'no job is made, and the code N (default 500) answered',
  'webhook-guide': 'the webhook of Aleph has the shape of the guide, not that of the reference',
  'hd-never': 'the 1080p version is never ready',
  'hd-422': 'the 1080p version comes with code 422',
  'hd-none': 'there is no 1080p version',
  '4k-never': 'the 4K version is never ready',
  '4k-none': 'there is no 4K version',
  '4k-reset': 'the connection is reset before the 4K version is ordered',
  '4k-lost': 'the 4K version is ordered, and the connection reset before the answer',
  whole: 'the extended video comes whole, beside what was added',
  bill: 'the job is billed N cents (default 100), whatever its price',
  // SuperDuperAI alone.
  '409': 'no job is made, since the seed was used before',
  'accepted-old': 'the answer to the submit has the shape of older servers; =2 the oldest',
  'sse-524': 'the event stream answers 524',
  'sse-cut': 'the event stream breaks off after its first events',
} as const
export type Fault = keyof typeof faults

interface Order {
  fault: Fault
  times: number
  value: number | undefined
}

/** The orders a prompt holds for one emulator. Throws on a fault that does not exist: a test must not wait for nothing. */
export function ordersOf(emulator: string, prompt: string): Order[] {
  const pattern = new RegExp(`#${emulator}:([a-z0-9-]+)(?:\\*(\\d+))?(?:=([\\d.]+))?`, 'g')
  return [...prompt.matchAll(pattern)].map(([words, fault, times, value]) => {
    if (!Object.hasOwn(faults, fault!)) throw new Error(`no such fault: ${words}`)
    return {
      fault: fault as Fault,
      times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
      value: value === undefined ? undefined : Number(value),
    }
  })
}
