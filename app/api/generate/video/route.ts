import { startRoute } from '#lib/http/start/start-route'

export const POST = startRoute('video')
