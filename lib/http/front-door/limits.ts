import type { Messages } from '#lib/messages/message'
import type { Env } from '../../env.ts'

/** A token bucket: `burst` requests at once, and `perMinute` after that. */
export interface Rate {
  perMinute: number
  burst: number
}

/** One that hangs on a setting is made from it. */
type Rates = Rate | ((env: Env) => Rate)

export interface Door {
  name: string
  methods: readonly string[]
  path: RegExp
  /** For one account. Requests without a session share one, for each address. Absent where nothing is an account's. */
  account?: Rates
  /** For all that comes from one address together: a household, an office, or a proxy that is not trusted. */
  address: Rates
  /** A request without a session is given an account here. */
  givesAccount?: true
  /** Only what brings an API key comes through here. */
  byKey?: true
  /** What there was too much of, for the sentence. */
  noun: keyof Messages['limits']
}

const post = ['POST']
const reads = ['GET', 'HEAD', 'OPTIONS']
const writes = ['POST', 'PUT', 'PATCH', 'DELETE']

const rate = (perMinute: number, burst: number): Rate => ({ perMinute, burst })

/** How many addresses wide a site is: one customer may have 65,536 of the IPv6 addresses that count as one. */
export const addressesOfSite = 10

/** New accounts, for each address: whatever gives one takes a token here as well. */
export const newAccounts: Rate = rate(60, 300)

/** API keys that were not found valid before, for each address. */
export const unknownKeys: Rate = rate(30, 60)

// The first whose method and path fit. Wide enough that a person, a page that reloads or a script that polls as it is
// told never meets one; an address is ten accounts wide or more.
export const doors: readonly Door[] = [
  {
    name: 'start',
    methods: post,
    path: /^\/api\/(?:generate\/(?:video|image)|batch|canvas\/[^/]+\/run)$/,
    account: rate(60, 60),
    address: rate(600, 600),
    givesAccount: true,
    noun: 'starts',
  },
  {
    name: 'start',
    methods: post,
    path: /^\/api\/(?:edit|work|chat\/[^/]+\/videos|file\/[^/]+\/resubmit|openjourney\/generate)$/,
    account: rate(60, 60),
    address: rate(600, 600),
    noun: 'starts',
  },
  {
    // A start, which takes a token of the key's starts as well, or a call that waits: which one is in the body.
    name: 'mcp',
    methods: post,
    path: /^\/api\/mcp$/,
    account: rate(120, 120),
    address: rate(1_200, 1_200),
    noun: 'requests',
  },
  {
    name: 'chat',
    methods: post,
    path: /^\/api\/chat$/,
    account: ({ CHAT_MESSAGES_A_MINUTE: atMost }) => rate(atMost, atMost),
    address: ({ CHAT_MESSAGES_A_MINUTE: atMost }) => rate(15 * atMost, 15 * atMost),
    givesAccount: true,
    noun: 'messages',
  },
  {
    name: 'upload',
    methods: post,
    path: /^\/api\/(?:image|library\/import)$/,
    account: rate(60, 40),
    address: rate(600, 400),
    givesAccount: true,
    noun: 'uploads',
  },
  {
    // Each makes a whole canvas, of up to 12 MB.
    name: 'canvas',
    methods: post,
    path: /^\/api\/canvas(?:\/import|\/[^/]+\/duplicate)?$/,
    account: rate(60, 30),
    address: rate(600, 300),
    givesAccount: true,
    noun: 'requests',
  },
  {
    name: 'kept',
    methods: [...post, 'PATCH'],
    path: /^\/api\/(?:templates(?:\/[^/]+)?|collections)$/,
    account: rate(300, 150),
    address: rate(3_000, 1_500),
    givesAccount: true,
    noun: 'requests',
  },
  {
    name: 'session',
    methods: post,
    path: /^\/api\/session$/,
    account: rate(120, 60),
    address: rate(1_200, 600),
    givesAccount: true,
    noun: 'sessions',
  },
  {
    // Each decodes a film up to its frame.
    name: 'poster',
    methods: ['PUT'],
    path: /^\/api\/file\/[^/]+\/poster$/,
    account: rate(60, 20),
    address: rate(600, 200),
    noun: 'requests',
  },
  {
    name: 'check',
    methods: post,
    path: /^\/api\/file\/[^/]+\/check$/,
    account: rate(60, 30),
    address: rate(600, 300),
    noun: 'checks',
  },
  {
    name: 'provider-check',
    methods: post,
    path: /^\/api\/providers\/[^/]+\/check$/,
    account: rate(30, 20),
    address: rate(300, 200),
    noun: 'checks',
  },
  {
    name: 'estimate',
    methods: post,
    path: /^\/api\/(?:batch\/)?estimate$/,
    account: rate(300, 150),
    address: rate(3_000, 1_500),
    noun: 'prices',
  },
  {
    // A webhook is a hint: one that is refused costs seconds, until the next poll.
    name: 'webhook',
    methods: post,
    path: /^\/api\/(?:(?:webhooks|telegram)\/[^/]+|kie-video-callback)$/,
    address: rate(3_000, 1_000),
    noun: 'webhooks',
  },
  {
    // Plain events: the same start as through the other doors.
    name: 'start',
    methods: post,
    path: /^\/api\/inngest$/,
    byKey: true,
    account: rate(60, 60),
    address: rate(600, 600),
    noun: 'starts',
  },
  {
    // Inngest asks again for every step, all from one address; what is started by an event is bounded for its owner.
    name: 'inngest',
    methods: [...post, 'PUT'],
    path: /^\/api\/inngest$/,
    account: rate(6_000, 1_000),
    address: rate(18_000, 6_000),
    noun: 'requests',
  },
  {
    // Each try at a password takes as long as hashing one, and what a passkey or a provider is to answer is kept.
    name: 'sign-in',
    methods: [...reads, ...post],
    path: /^\/api\/(?:auth|setup|invitations)(?:\/|$)/,
    account: rate(60, 60),
    address: rate(120, 120),
    noun: 'requests',
  },
  {
    // Each asks the payment service, or is a guess at a code.
    name: 'credits',
    methods: post,
    path: /^\/api\/(?:redeem|top-ups(?:\/[^/]+\/check)?)$/,
    account: rate(30, 20),
    address: rate(300, 200),
    noun: 'requests',
  },
  {
    name: 'write',
    methods: writes,
    path: /^\/api\//,
    account: rate(600, 300),
    address: rate(6_000, 3_000),
    noun: 'requests',
  },
  {
    name: 'stream',
    methods: reads,
    path: /^\/api\/(?:v1\/events\/|chat\/[^/]+\/stream$)/,
    account: rate(300, 200),
    address: rate(3_000, 2_000),
    noun: 'streams',
  },
  {
    name: 'read',
    methods: reads,
    path: /^\/api\//,
    account: rate(18_000, 6_000),
    address: rate(180_000, 30_000),
    noun: 'requests',
  },
  {
    name: 'health',
    methods: reads,
    path: /^\/health$/,
    address: rate(6_000, 1_000),
    noun: 'requests',
  },
  {
    // Files of the build cost nothing to send; that there is no such page takes as long to say as a page.
    name: 'page',
    methods: [...reads, ...writes],
    path: /^\/(?!_next\/static\/)/,
    address: rate(6_000, 1_500),
    noun: 'pages',
  },
]

const doorsOf = new Map(
  [...reads, ...writes].map((method) => [
    method,
    doors.filter((one) => one.methods.includes(method)),
  ]),
)

export function doorOf(method: string, path: string, isByKey = false): Door | undefined {
  const known = path.length > 1 && path.endsWith('/') ? path.replace(/\/+$/, '') : path
  return doorsOf.get(method)?.find((door) => door.path.test(known) && (isByKey || !door.byKey))
}
