import { createServer } from 'node:http'
import next from 'next'
import { answer } from '../answer.ts'
import { listen } from './listen.ts'

// An app with one route that does nothing, served the way server.ts serves ours.

answer({
  async listen(folder: string) {
    const app = next({ dev: false, dir: folder })
    await app.prepare()
    const handle = app.getRequestHandler()
    return listen(createServer((request, response) => void handle(request, response)))
  },
})
