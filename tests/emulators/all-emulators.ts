import type { EmulatorSettings } from './emulator.ts'
import { startGeminiEmulator } from './gemini-emulator.ts'
import { startKieEmulator } from './kie/kie-emulator.ts'
import { startSuperDuperAiEmulator } from './superduperai-emulator.ts'
import { startVertexEmulator } from './vertex-emulator.ts'

const apiKey = 'emulator-key'
const webhookHmacKey = 'emulator-hmac-key'

/** Starts every provider's emulator, and says with which variables the product speaks to them instead. */
export async function startAllEmulators(settings: Pick<EmulatorSettings, 'filmOf'> = {}) {
  const [kie, vertex, gemini, superduperai] = await Promise.all([
    startKieEmulator({ ...settings, apiKey, webhookHmacKey }),
    startVertexEmulator(settings),
    startGeminiEmulator({ ...settings, apiKey }),
    startSuperDuperAiEmulator({ ...settings, token: apiKey }),
  ])
  const emulators = { kie, vertex, gemini, superduperai }
  const variables = {
    KIE_API_KEY: apiKey,
    KIE_BASE_URL: kie.url,
    KIE_UPLOAD_URL: kie.url,
    KIE_WEBHOOK_HMAC_KEY: webhookHmacKey,
    GOOGLE_CLOUD_PROJECT: 'emulated-project',
    VERTEX_BASE_URL: vertex.url,
    GEMINI_API_KEY: apiKey,
    GEMINI_BASE_URL: gemini.url,
    SUPERDUPERAI_TOKEN: apiKey,
    SUPERDUPERAI_URL: superduperai.url,
  }
  const close = async () => {
    await Promise.all(Object.values(emulators).map((emulator) => emulator.close()))
  }
  return { emulators, variables, close }
}
