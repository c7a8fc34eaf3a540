import { POST as receive } from '../webhooks/[provider]/route.ts'

/** The former address of Kie.ai's webhooks here; the same as `/api/webhooks/kie`. */
export function POST(request: Request) {
  return receive(request, { params: Promise.resolve({ provider: 'kie' }) })
}
