import { POST as receive } from '../webhooks/[provider]/route.ts'

/** The address Kie.ai's callbacks have always had here; the same as `/api/webhooks/kie`. */
export function POST(request: Request) {
  return receive(request, { params: Promise.resolve({ provider: 'kie' }) })
}
