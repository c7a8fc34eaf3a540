import { type MessageRef, message } from '#lib/messages/message'
import { join } from 'node:path'
import { type Env, env } from '../../env.ts'
import { processWide } from '../../process-wide.ts'
import { createEditsProvider, editsLabel } from './edits/edits-provider.ts'
import { createGeminiProvider } from './gemini/gemini-provider.ts'
import { createKieProvider } from './kie/kie-provider.ts'
import { createLocalProvider } from './local/local-provider.ts'
import type { Provider } from './provider.ts'
import { type ResilientProvider, resilientProvider } from './resilient-provider.ts'
import { createSuperDuperAiProvider } from './superduperai/superduperai-provider.ts'
import { createVertexProvider } from './vertex/vertex-provider.ts'

/** A provider this product can speak to, on or off. */
export interface ProviderSetup {
  id: string
  label: string
  /** Where its owner sees what was spent, and tops it up. Null where nothing costs. */
  billingUrl: string | null
  /** What turns it on and tunes it, in the environment. */
  variables: { name: keyof Env; meaning: MessageRef; isRequired: boolean }[]
  /** Null where its variables are not set. */
  create(env: Env): Provider | null
}

/** Every provider there is an adapter for, in the order they are shown. */
export const providerSetups: readonly ProviderSetup[] = [
  {
    id: 'kie',
    label: 'Kie.ai',
    billingUrl: 'https://kie.ai/pricing',
    variables: [
      { name: 'KIE_API_KEY', meaning: message('settings.varKey'), isRequired: true },
      {
        name: 'KIE_WEBHOOK_HMAC_KEY',
        meaning: message('settings.varWebhookKey'),
        isRequired: false,
      },
      { name: 'KIE_BASE_URL', meaning: message('settings.varBaseUrl'), isRequired: false },
      { name: 'KIE_UPLOAD_URL', meaning: message('settings.varUploadUrl'), isRequired: false },
    ],
    create: ({ KIE_API_KEY: apiKey, ...set }) =>
      apiKey
        ? createKieProvider({
            apiKey,
            baseUrl: set.KIE_BASE_URL,
            uploadUrl: set.KIE_UPLOAD_URL,
            ...(set.KIE_WEBHOOK_HMAC_KEY && { webhookHmacKey: set.KIE_WEBHOOK_HMAC_KEY }),
          })
        : null,
  },
  {
    id: 'vertex',
    label: 'Google Vertex AI',
    billingUrl: 'https://console.cloud.google.com/billing',
    variables: [
      { name: 'GOOGLE_CLOUD_PROJECT', meaning: message('settings.varProject'), isRequired: true },
      { name: 'GOOGLE_CLOUD_LOCATION', meaning: message('settings.varRegion'), isRequired: false },
      { name: 'VERTEX_BASE_URL', meaning: message('settings.varBaseUrl'), isRequired: false },
    ],
    create: ({ GOOGLE_CLOUD_PROJECT: project, ...set }) =>
      project
        ? createVertexProvider({
            project,
            location: set.GOOGLE_CLOUD_LOCATION,
            answersDirectory: answersDirectory(set.DATA_DIR),
            ...(set.VERTEX_BASE_URL && { baseUrl: set.VERTEX_BASE_URL }),
          })
        : null,
  },
  {
    id: 'gemini',
    label: 'Google Gemini',
    billingUrl: 'https://aistudio.google.com/usage',
    variables: [
      { name: 'GEMINI_API_KEY', meaning: message('settings.varKey'), isRequired: true },
      { name: 'GEMINI_BASE_URL', meaning: message('settings.varBaseUrl'), isRequired: false },
    ],
    create: ({ GEMINI_API_KEY: apiKey, GEMINI_BASE_URL: baseUrl, DATA_DIR }) =>
      apiKey
        ? createGeminiProvider({
            apiKey,
            answersDirectory: answersDirectory(DATA_DIR),
            ...(baseUrl && { baseUrl }),
          })
        : null,
  },
  {
    id: 'superduperai',
    label: 'SuperDuperAI',
    billingUrl: 'https://superduperai.co',
    variables: [
      { name: 'SUPERDUPERAI_TOKEN', meaning: message('settings.varToken'), isRequired: true },
      { name: 'SUPERDUPERAI_URL', meaning: message('settings.varBaseUrl'), isRequired: false },
    ],
    create: ({ SUPERDUPERAI_TOKEN: token, SUPERDUPERAI_URL: baseUrl }) =>
      token ? createSuperDuperAiProvider({ token, baseUrl }) : null,
  },
  {
    id: 'local',
    label: 'Local renderer',
    billingUrl: null,
    variables: [],
    create: ({ DATA_DIR }) => createLocalProvider({ directory: join(DATA_DIR, 'renders') }),
  },
  {
    id: 'edits',
    label: editsLabel,
    billingUrl: null,
    variables: [],
    create: ({ DATA_DIR }) =>
      createEditsProvider({ directory: join(DATA_DIR, 'renders', 'edits') }),
  },
]

/** Where the answers of paid calls are kept that bring what they made: a backup keeps them too. */
function answersDirectory(dataDir: string) {
  return join(dataDir, 'work', 'answers')
}

/** The registry: every provider this installation has switched on, by id. */
export function providers(): ReadonlyMap<string, ResilientProvider> {
  return processWide('providers', () => {
    const on = providerSetups.flatMap(({ create }) => create(env()) ?? [])
    return new Map(on.map((provider) => [provider.id, resilientProvider(provider)]))
  })
}

/** A provider's name as users read it, also of one that is gone. */
export function providerLabel(id: string) {
  return providerSetups.find((setup) => setup.id === id)?.label ?? id
}

/** Null where a provider is on, and the variable set that the route needs; else what turns it on. */
export function reasonRouteIsOff(route: {
  provider: string
  needsVariable?: keyof Env
}): MessageRef | null {
  const { provider, needsVariable } = route
  if (!providers().has(provider)) {
    const required = providerSetups.find(({ id }) => id === provider)?.variables[0]?.name
    return message('models.setVariable', {
      variable: String(required),
      provider: providerLabel(provider),
    })
  }
  if (needsVariable && !env()[needsVariable])
    return message('models.setVariableHere', { variable: needsVariable })
  return null
}
